// What happened, for ears (the live region) and for eyes (a toast).
export const say = (words) => { const live = document.getElementById('live'); if (live) live.textContent = words }
export const tell = (detail) => document.dispatchEvent(new CustomEvent('toast', { detail }))
