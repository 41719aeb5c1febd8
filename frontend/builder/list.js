// The list of blocks: drag with the pointer, Alt and arrows or the buttons with the keyboard; each move is said aloud.
import Sortable from 'sortablejs'

export class List {
  constructor(builder) {
    this.builder = builder
    this.place = builder.querySelector('#b-list')
    this.place.addEventListener('keydown', (event) => this.keyed(event))
    this.sort()
  }

  sort() {
    const list = this.place.querySelector('ol')
    if (!list || this.builder.dataset.writes !== '1') return
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    Sortable.create(list, {
      draggable: '[data-id]', animation: still ? 0 : 140, ghostClass: 'block-ghost', dragClass: 'block-drag', filter: '.block-acts', preventOnFilter: false,
      delay: 150, delayOnTouchOnly: true, onEnd: ({ item, oldIndex, newIndex }) => { if (oldIndex !== newIndex) this.moved(item) },
    })
  }

  ids() {
    return [...this.place.querySelectorAll('[data-id]')].map((row) => row.dataset.id)
  }

  replace(html) {
    if (html === undefined) return
    const focused = document.activeElement?.closest?.('#b-list [data-id]')?.dataset.id
    const act = document.activeElement?.dataset?.do
    this.place.innerHTML = html
    this.sort()
    this.mark(this.builder.chosen)
    if (!focused) return
    const row = this.row(focused)
    const again = act && row?.querySelector(`[data-do="${act}"]:not([disabled])`)
    ;(again || row?.querySelector('[data-pick]'))?.focus()
  }

  row(id) {
    return this.place.querySelector(`[data-id="${CSS.escape(id)}"]`)
  }

  mark(chosen) {
    for (const button of this.place.querySelectorAll('[data-pick]')) {
      const here = button.dataset.pick === chosen
      button.toggleAttribute('aria-current', here)
      if (here) button.setAttribute('aria-current', 'true')
      button.closest('[data-id]').classList.toggle('chosen', here)
    }
  }

  keyed(event) {
    const row = event.target.closest('[data-id]')
    if (!row) return
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (way && event.altKey) { event.preventDefault(); this.shift(row.dataset.id, way) }
    else if (way) { event.preventDefault(); (way < 0 ? row.previousElementSibling : row.nextElementSibling)?.querySelector('[data-pick]')?.focus() }
    else if (event.key === 'Delete' && event.target.matches('[data-pick]')) { event.preventDefault(); this.builder.remove(row.dataset.id) }
  }

  shift(id, way) {
    const row = this.row(id)
    const other = way < 0 ? row?.previousElementSibling : row?.nextElementSibling
    if (!other) return
    if (way < 0) other.before(row)
    else other.after(row)
    this.moved(row)
  }

  async moved(row) {
    const ids = this.ids()
    const words = this.place.dataset.moved.replace('{what}', row.dataset.label).replace('{place}', ids.indexOf(row.dataset.id) + 1).replace('{all}', ids.length)
    row.querySelector('[data-pick]')?.focus()
    await this.builder.save()
    await this.builder.send('/order', { ids: ids.join(','), said: words })
  }

  neighbour(id) {
    const row = this.row(id)
    return (row?.nextElementSibling || row?.previousElementSibling)?.dataset.id ?? ''
  }

  focus(id) {
    this.row(id)?.querySelector('[data-pick]')?.focus()
  }
}
