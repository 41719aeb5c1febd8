// The command palette: Ctrl+K or ⌘K. The server answers every search; this file only opens, moves and chooses.
const dialog = document.getElementById('palette')
const input = dialog?.querySelector('input')
const options = () => [...dialog.querySelectorAll('[role=option]')]

export function openPalette() {
  if (!dialog || dialog.open) return
  dialog.showModal()
  input.select()
  if (!options().length) input.dispatchEvent(new Event('input', { bubbles: true }))
}

function mark(next) {
  for (const option of options()) option.ariaSelected = String(option === next)
  next?.scrollIntoView({ block: 'nearest' })
  if (next) {
    next.id ||= `option-${options().indexOf(next)}`
    input.setAttribute('aria-activedescendant', next.id)
  } else input.removeAttribute('aria-activedescendant')
}

function pressed(event) {
  const all = options()
  const at = all.findIndex((option) => option.ariaSelected === 'true')
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    const step = event.key === 'ArrowDown' ? 1 : -1
    mark(all[(at + step + all.length) % all.length])
  } else if (event.key === 'Enter') {
    event.preventDefault()
    all[Math.max(at, 0)]?.click()
  }
}

if (dialog) {
  input.addEventListener('keydown', pressed)
  dialog.addEventListener('htmx:after:swap', () => mark(options()[0]))
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close() })
  dialog.addEventListener('pointermove', (event) => {
    const option = event.target.closest('[role=option]')
    if (option && option.ariaSelected !== 'true') mark(option)
  })
  document.addEventListener('click', (event) => { if (event.target.closest?.('[data-palette]')) openPalette() })
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    event.preventDefault()
    dialog.open ? dialog.close() : openPalette()
  })
}
