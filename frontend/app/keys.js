// Keyboard: data-key="g p" on a link, button or field. Off while typing; each person can switch it off (WCAG 2.1.4).
import { openPalette } from './palette.js'
import { step } from './rows.js'

const PAUSE = 900
const help = document.getElementById('keys')
const typing = (element) => element.isContentEditable || element.matches('input:not([type=checkbox], [type=radio]), textarea, select')
const off = () => document.documentElement.dataset.shortcuts === 'off'
let pressed = ''
let last = 0

function act(keys) {
  if (keys === '/') return openPalette(), true
  if (keys === '?') return help?.showModal(), true
  if (keys === 'j' || keys === 'k') return step(keys === 'j' ? 1 : -1)
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].find((element) => element.checkVisibility())
    ?? document.querySelector(`[data-key="${CSS.escape(keys)}"]`)
  if (!target) return false
  target.matches('input:not([type=checkbox]), textarea, select') ? target.focus() : target.click()
  return true
}

document.addEventListener('keydown', (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return
  if (typing(event.target) || document.querySelector('dialog[open]')) return
  const waited = event.timeStamp - last
  last = event.timeStamp
  const before = waited < PAUSE ? pressed : ''
  pressed = event.key
  if (act(before ? `${before} ${event.key}` : event.key) || (before && act(event.key))) {
    event.preventDefault()
    pressed = ''
  }
})

for (const dialog of document.querySelectorAll('dialog')) {
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close() })
}
document.addEventListener('click', (event) => {
  const opener = event.target.closest?.('[data-dialog]')
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal()
  event.target.closest?.('[data-close]')?.closest('dialog')?.close()
})

if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  for (const key of document.querySelectorAll('[data-command-key]')) key.textContent = '⌘ K'
}
