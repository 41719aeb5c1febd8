// <button data-copy="id"> puts the text of that element, or its value, on the clipboard and says so.
import { toast } from './toast.js'
import { words } from './words.js'

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copy]')
  if (!button) return
  const source = document.getElementById(button.dataset.copy)
  const text = (source?.value ?? source?.textContent ?? '').trim()
  try {
    await navigator.clipboard.writeText(text)
    toast({ text: words.copied ?? 'Copied', tone: 'good' })
  } catch {
    window.getSelection()?.selectAllChildren(source)
  }
})
