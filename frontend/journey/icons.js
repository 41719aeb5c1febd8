// Lucide shapes of the kinds of step, the only icons drawn by a script.
export const icons = {
  start: '<path d="M6 3v12"/><circle cx="18" cy="6" r="3"/><circle cx="6" cy="18" r="3"/><path d="M18 9a9 9 0 0 1-9 9"/>',
  mail: '<rect width="20" height="16" x="2" y="4" rx="2"/><path d="m22 7-8.97 5.7a1.94 1.94 0 0 1-2.06 0L2 7"/>',
  wait: '<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>',
  branch: '<path d="M16 3h5v5"/><path d="M8 3H3v5"/><path d="M12 22v-8.300a4 4 0 0 0-1.172-2.872L3 3"/><path d="m15 9 6-6"/>',
  split: '<path d="M16 3h5v5"/><path d="M8 3H3v5"/><path d="M12 22v-8.300a4 4 0 0 0-1.172-2.872L3 3"/><path d="m15 9 6-6"/>',
  goal: '<path d="M4 22V4a1 1 0 0 1 .4-.8A6 6 0 0 1 8 2c3 0 5 2 7.333 2q2 0 3.067-.8A1 1 0 0 1 20 4v10a1 1 0 0 1-.4.8A6 6 0 0 1 16 16c-3 0-5-2-8-2a6 6 0 0 0-4 1.528"/>',
  end: '<circle cx="12" cy="12" r="10"/><path d="m9 12 2 2 4-4"/>',
  step: '<circle cx="12" cy="12" r="4"/>',
}
