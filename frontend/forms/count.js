// Counts a form as begun, and the field at which it was left: two numbers without anybody in them, and none of them
// for those who do not want to be counted.
let leave = () => {}
addEventListener('pagehide', () => leave())

const welcome = () => !navigator.globalPrivacyControl && window.reif?.level?.() != 'none'

export function counting(form) {
  const fields = [...form.elements].map((control) => control.name)
  const address = form.action.replace(/\/f\/([^/]+)\/submissions.*/, '/fp/$1')
  let furthest = -1
  const say = (k, f) => welcome() && navigator.sendBeacon?.(address, JSON.stringify({
    k, f, p: location.host + location.pathname, v: document.documentElement.dataset.variant || '',
  }))
  form.addEventListener('input', (event) => {
    if (furthest < 0 && !form.elements.state?.value) say('start', '')
    furthest = Math.max(furthest, fields.indexOf(event.target.name))
    leave = () => { leave = () => {}; say('left', fields[furthest]) }
  })
  return { sent: (done) => { if (done) leave = () => {} } }
}
