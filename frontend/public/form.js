// A form is sent once: the button rests while the answer is on its way, and wakes when the page comes back from the cache.
const rest = (form, resting) => {
  form.ariaBusy = String(resting)
  for (const button of form.querySelectorAll('button[type=submit], button:not([type])')) button.disabled = resting
}
document.addEventListener('submit', (event) => {
  if (!event.defaultPrevented) setTimeout(rest, 0, event.target, true)
})
addEventListener('pageshow', () => document.querySelectorAll('form[aria-busy=true]').forEach((form) => rest(form, false)))
document.querySelector('[aria-invalid=true]')?.focus()
