// Forms on our own pages. One that is sent as a page rests while the answer is on its way, and wakes when the page comes
// back from the cache; one in steps goes on in place, and so does one in a call to action.
import { enliven, rest } from '../forms/live.js'
import { inWorker } from '../forms/prove.js'

const prove = inWorker(new URL('proof.js', document.currentScript.src))

document.addEventListener('submit', (event) => {
  if (!event.defaultPrevented) setTimeout(rest, 0, event.target, true)
})
addEventListener('pageshow', () => document.querySelectorAll('form[aria-busy=true]').forEach((form) => rest(form, false)))
for (const form of document.querySelectorAll('form[data-reif-form]')) {
  const holder = document.createElement('div')
  holder.className = 'form-place'
  form.replaceWith(holder)
  holder.append(form)
  const done = () => holder.dispatchEvent(new CustomEvent('reif:submitted', { bubbles: true, detail: { form: form.dataset.reifForm } }))
  const live = enliven(form, holder, { prove, done, always: holder.closest('.call') })
  if (form.dataset.proof && form.querySelector('[data-errors]')) live.send()
}
const look = (selector) => document.querySelector(selector)
;(look('[data-errors]:has(ul)') || look('[aria-invalid=true]') || look('[data-errors]'))?.focus()

// In a frame: say how tall we are, so that the page around can make room.
if (document.body.dataset.frame) {
  new ResizeObserver(() => parent.postMessage({ reif: document.documentElement.scrollHeight }, '*')).observe(document.body)
}
