// <pop-menu>: a button and a panel with the native popover, placed beside its button, arrow keys inside a menu.
class PopMenu extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector('[popovertarget]')
    this.panel = this.querySelector('[popover]')
    if (!this.button || !this.panel) return
    this.panel.addEventListener('beforetoggle', (event) => { if (event.newState === 'open') this.panel.style.opacity = 0 })
    this.panel.addEventListener('toggle', (event) => this.toggled(event.newState === 'open'))
    this.panel.addEventListener('keydown', (event) => this.pressed(event))
    this.button.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowDown' || this.panel.matches(':popover-open')) return
      event.preventDefault()
      this.panel.showPopover({ source: this.button })
    })
  }

  get items() {
    return [...this.panel.querySelectorAll('a[href], button:not([disabled])')]
  }

  toggled(open) {
    this.button.ariaExpanded = String(open)
    if (!open) return
    place(this.panel, this.button)
    this.panel.style.opacity = ''
    const first = this.panel.querySelector('[autofocus]') ?? this.items[0]
    if (this.panel.role === 'menu') first?.focus({ preventScroll: true })
  }

  pressed(event) {
    if (this.panel.role !== 'menu') return
    const step = { ArrowDown: 1, ArrowUp: -1, Home: 'first', End: 'last' }[event.key]
    if (!step) return
    event.preventDefault()
    const items = this.items
    const at = items.indexOf(document.activeElement)
    const next = step === 'first' ? 0 : step === 'last' ? items.length - 1 : (at + step + items.length) % items.length
    items[next]?.focus()
  }
}

function place(panel, button) {
  const gap = 4
  const edge = 8
  const box = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = panel
  const end = panel.dataset.align === 'end'
  const left = Math.max(edge, Math.min(end ? box.right - width : box.left, innerWidth - width - edge))
  const below = box.bottom + gap
  const top = below + height > innerHeight - edge && box.top > height + gap ? box.top - height - gap : below
  Object.assign(panel.style, { left: `${left}px`, top: `${Math.max(edge, top)}px` })
}

customElements.define('pop-menu', PopMenu)
addEventListener('resize', () => document.querySelectorAll('[popover]:popover-open').forEach((panel) => {
  const owner = panel.closest('pop-menu')
  if (owner) place(panel, owner.button)
}))
