// <reif-board>: cards move between columns by drag, and by the "move to" menu of each card, which is an ordinary form.
import Sortable from 'sortablejs'

class ReifBoard extends HTMLElement {
  connectedCallback() {
    for (const link of this.querySelectorAll('[data-card] a')) link.draggable = false
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    for (const column of this.querySelectorAll('[data-column]')) {
      Sortable.create(column, {
        group: 'cards', draggable: '[data-card]', filter: 'button, pop-menu', preventOnFilter: false,
        animation: still ? 0 : 140, ghostClass: 'card-ghost', dragClass: 'card-drag', delay: 120, delayOnTouchOnly: true,
        onStart: () => this.toggleAttribute('data-dragging', true),
        onEnd: (event) => {
          this.removeAttribute('data-dragging')
          this.moved(event)
        },
      })
    }
  }

  async moved({ item, from, to, oldIndex, newIndex }) {
    if (from === to && oldIndex === newIndex) return
    const back = () => from.insertBefore(item, from.querySelectorAll('[data-card]')[oldIndex] ?? null)
    if (to.dataset.closure) { // won and lost ask first; the card waits in its place
      back()
      window.htmx.ajax('GET', `${item.dataset.closure}?outcome=${to.dataset.closure}`, { target: document.body, swap: 'beforeend' })
      return
    }
    const body = new URLSearchParams({ [this.dataset.field || 'stage']: to.dataset.column, position: newIndex })
    try {
      const answer = await fetch(item.dataset.move, { method: this.dataset.method || 'POST', body, headers: headers(), redirect: 'error' })
      if (!answer.ok) throw new Error(await sentence(answer))
      said(answer)
    } catch (error) {
      back()
      tell({ text: error.message, tone: 'bad' })
    }
    this.count()
  }

  count() {
    for (const column of this.querySelectorAll('[data-column]')) {
      const number = this.querySelector(`[data-count-of="${CSS.escape(column.dataset.column)}"]`)
      if (number) number.textContent = column.querySelectorAll('[data-card]').length
    }
  }
}

const headers = () => ({
  'X-CSRFToken': document.querySelector('meta[name=csrf-token]')?.content ?? '',
  'HX-Request': 'true',
})
const tell = (detail) => document.dispatchEvent(new CustomEvent('toast', { detail }))

async function sentence(answer) {
  const plain = answer.headers.get('content-type')?.startsWith('text/plain')
  return (plain && (await answer.text())) || JSON.parse(document.getElementById('words')?.textContent || '{}').error || answer.statusText
}

// The answer may say HX-Trigger events (a toast, "deal:moved" that makes the totals reload).
function said(answer) {
  const header = answer.headers.get('HX-Trigger')
  if (!header) return
  const events = header.startsWith('{') ? JSON.parse(header) : Object.fromEntries(header.split(',').map((name) => [name.trim(), {}]))
  for (const [name, detail] of Object.entries(events)) {
    document.body.dispatchEvent(new CustomEvent(name, { detail: typeof detail === 'object' ? detail : { value: detail }, bubbles: true }))
  }
}

customElements.define('reif-board', ReifBoard)
