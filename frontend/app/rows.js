// Lists: j and k move between rows, a click on the row follows its link, a tick shows the bar for many.
const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')].filter((row) => row.checkVisibility())

export function step(by) {
  const all = rows()
  if (!all.length) return false
  const at = all.findIndex((row) => row.contains(document.activeElement))
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))]
  next.querySelector('a, button')?.focus()
  next.scrollIntoView({ block: 'nearest' })
  return true
}

// whole: not the ticked rows alone, but everything that the list found.
function ticked(whole = false) {
  const boxes = [...document.querySelectorAll('[data-rows] input[data-tick]')]
  const chosen = boxes.filter((box) => box.checked)
  for (const box of boxes) box.closest('[data-row]')?.toggleAttribute('data-chosen', box.checked)
  for (const head of document.querySelectorAll('[data-rows] [data-tick-all]')) {
    head.checked = boxes.length > 0 && chosen.length === boxes.length
    head.indeterminate = chosen.length > 0 && !head.checked
  }
  for (const bar of document.querySelectorAll('[data-bulk]')) {
    bar.hidden = chosen.length === 0
    const offer = bar.querySelector('[data-whole]')
    const found = offer ? document.querySelector(offer.dataset.whole)?.textContent.trim() ?? '' : ''
    if (offer) {
      offer.hidden = whole || chosen.length < boxes.length
      offer.querySelector('[data-whole-count]').textContent = found && `(${found})`
      bar.querySelector('input[name=whole]').value = whole ? '1' : ''
    }
    for (const number of bar.querySelectorAll('[data-count]')) number.textContent = whole ? found : chosen.length
  }
}

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-tick-all]')) {
    const list = event.target.closest('[data-rows]')
    for (const box of list.querySelectorAll('input[data-tick]')) box.checked = event.target.checked
  }
  if (event.target.matches('[data-tick], [data-tick-all]')) ticked()
  if (event.target.matches('[data-submit]')) event.target.form?.requestSubmit()
})

document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-whole]')) return ticked(true)
  const row = event.target.closest?.('[data-row]')
  if (!row || event.defaultPrevented || event.target.closest('a, button, input, label, select, pop-menu, [popover]')) return
  if (String(getSelection())) return
  const link = row.querySelector('a[data-open]')
  if (!link) return
  if (event.metaKey || event.ctrlKey) open(link.href, '_blank', 'noopener')
  else link.click()
})
