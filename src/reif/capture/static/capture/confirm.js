// Sends the one form of the page by itself, and starts the one download. A browser that a program drives (link scanners
// do) is left to press the button, for only people may confirm.
const form = document.querySelector('form[data-autosubmit]')
const send = () => setTimeout(() => form.requestSubmit(), 400)
if (form && !navigator.webdriver) {
  if (document.visibilityState === 'visible') send()
  else document.addEventListener('visibilitychange', send, { once: true })
}
const file = document.querySelector('a[data-autostart]')
if (file) setTimeout(() => { location.href = file.href }, 600)
