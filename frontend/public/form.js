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

// The confirmation link opens a page whose form sends itself, so that a person needs one click and a link scanner confirms nothing.
// The download starts by itself when the page is opened, not when somebody comes back to it.
function begin() {
  document.querySelector('form[data-autosubmit]')?.requestSubmit()
  const [visit] = performance.getEntriesByType('navigation')
  if (visit?.type === 'navigate') document.querySelector('a[data-autostart]')?.click()
}
if (document.prerendering) document.addEventListener('prerenderingchange', begin, { once: true })
else begin()
