// <reif-order>: its children can be dragged by their .grip; the form around them hears of it as of any other change.
// The same by keyboard are the buttons "up" and "down" of each.
import Sortable from 'sortablejs'

class ReifOrder extends HTMLElement {
  connectedCallback() {
    this.sortable = Sortable.create(this, {
      handle: '.grip',
      animation: 120,
      onEnd: () => this.dispatchEvent(new Event('change', { bubbles: true })),
    })
  }

  disconnectedCallback() {
    this.sortable?.destroy()
  }
}
customElements.define('reif-order', ReifOrder)
