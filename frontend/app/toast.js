// Short messages at the bottom. From the server: HX-Trigger: {"toast": {"text": "...", "tone": "good", "undo": "/path"}}
import { words } from './words.js'

const SECONDS = 6
const WITH_UNDO = 9

export function toast({ text, tone = 'plain', undo, label, href }) {
  const region = document.getElementById('toasts')
  if (!region || !text) return
  const box = document.createElement('div')
  box.className = 'toast-box'
  box.dataset.tone = tone
  const sentence = document.createElement('p')
  sentence.textContent = text
  box.append(sentence)
  if (undo) box.append(action(label ?? words.undo, () => window.htmx.ajax('POST', undo, { swap: 'none' })))
  if (href) box.append(action(label ?? words.show, () => location.assign(href)))
  box.append(cross())
  region.append(box)
  fade(box, undo ? WITH_UNDO : SECONDS)
}

function action(label, run) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'toast-action'
  button.textContent = label
  button.addEventListener('click', () => {
    button.closest('.toast-box').remove()
    run()
  })
  return button
}

function cross() {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'toast-close'
  button.ariaLabel = words.close ?? 'Close'
  button.textContent = '×'
  button.addEventListener('click', () => button.parentElement.remove())
  return button
}

function fade(box, seconds) {
  let timer
  const start = () => { timer = setTimeout(() => box.remove(), seconds * 1000) }
  const stop = () => clearTimeout(timer)
  for (const name of ['pointerenter', 'focusin']) box.addEventListener(name, stop)
  for (const name of ['pointerleave', 'focusout']) box.addEventListener(name, start)
  start()
}

document.addEventListener('toast', ({ detail }) => toast('value' in detail ? { text: detail.value } : detail))
document.addEventListener('click', ({ target }) => {
  const close = target.closest?.('#toasts .toast-close')
  if (close) close.closest('.toast-box').remove()
})
