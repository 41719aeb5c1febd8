// Lists inside a block's form: points, questions, columns. Add, remove, move; the order on the page is the order that is sent.
import Sortable from 'sortablejs'
import { say } from './say.js'

export class Rows {
  constructor(builder) {
    this.builder = builder
    builder.addEventListener('click', (event) => this.clicked(event))
    this.ready()
  }

  ready() {
    for (const list of this.builder.querySelectorAll('[data-rows] > ol')) {
      Sortable.create(list, { draggable: '[data-row]', handle: '.row-grip', animation: 120, onEnd: () => this.changed(list) })
      this.count(list)
    }
  }

  clicked(event) {
    const button = event.target.closest('[data-row-do]')
    if (!button) return
    const box = button.closest('[data-rows]')
    const list = box.querySelector(':scope > ol')
    const row = button.closest('[data-row]')
    const act = button.dataset.rowDo
    if (act === 'add') this.add(box, list)
    else if (act === 'remove') { const next = row.nextElementSibling || row.previousElementSibling; row.remove(); (next?.querySelector('input, textarea') || box.querySelector('[data-row-do=add]')).focus() }
    else if (act === 'up') row.previousElementSibling?.before(row)
    else if (act === 'down') row.nextElementSibling?.after(row)
    if (act === 'up' || act === 'down') { button.focus(); say(`${[...list.children].indexOf(row) + 1} / ${list.children.length}`) }
    this.changed(list)
  }

  add(box, list) {
    const taken = [...list.children].map((row) => Number(row.dataset.row))
    const number = Math.max(-1, ...taken) + 1
    const made = document.createElement('template')
    made.innerHTML = box.querySelector(':scope > template').innerHTML.replaceAll('__n__', number)
    const row = made.content.firstElementChild
    list.append(row)
    window.htmx.process(row)
    row.querySelector('input:not([type=hidden]), textarea')?.focus()
  }

  changed(list) {
    this.count(list)
    this.builder.touched(list.parentElement.dataset.rows, 0)
  }

  count(list) {
    ;[...list.children].forEach((row, n) => { const place = row.querySelector('[data-number]'); if (place) place.textContent = n + 1 })
  }
}
