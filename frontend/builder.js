// <reif-builder>: the editor of landing pages. Blocks on the left, the page as visitors will see it, a form on the right.
// Every change goes to the server as it is made, one after the other, and comes back as the pieces that are different now.
import { Frame } from './builder/frame.js'
import { keys } from './builder/keys.js'
import { List } from './builder/list.js'
import { Rows } from './builder/rows.js'
import { say, tell } from './builder/say.js'

const PAUSE = 450 // milliseconds of rest before what was typed is saved
const LOOK = 15_000

class ReifBuilder extends HTMLElement {
  connectedCallback() {
    this.base = this.dataset.base
    this.chosen = this.dataset.block || ''
    this.line = Promise.resolve()
    this.frame = new Frame(this)
    this.list = new List(this)
    this.rows = new Rows(this)
    keys(this)
    this.addEventListener('click', (event) => this.clicked(event))
    this.addEventListener('input', (event) => this.typed(event))
    this.addEventListener('change', (event) => this.typed(event, true))
    this.addEventListener('submit', (event) => { if (event.target.matches('#b-form')) { event.preventDefault(); this.save() } })
    document.body.addEventListener('picture:chosen', () => setTimeout(() => this.touched('picture', 0)))
    addEventListener('beforeunload', (event) => { if (this.dirty || this.busy) event.preventDefault() })
    this.timer = setInterval(() => this.look(), LOOK)
    this.mark()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  clicked(event) {
    const at = event.target.closest('[data-pick], [data-do], [data-width], [data-pane]')
    if (!at) return
    const { pick, width, pane } = at.dataset
    if (pick) return this.choose(pick, true)
    if (width) return this.frame.wide(width)
    if (pane) return this.pane(pane)
    const act = at.dataset.do
    const id = at.closest('[data-id]')?.dataset.id
    if (act === 'add') this.add(at.dataset.kind)
    else if (act === 'undo' || act === 'redo') this.step(act)
    else if (act === 'copy') this.send(`/blocks/${id}/copies`, {})
    else if (act === 'remove') this.remove(id)
    else if (act === 'up' || act === 'down') this.list.shift(id, act === 'up' ? -1 : 1)
    else if (act === 'reload') location.reload()
    else if (act === 'keep') this.closeNote()
  }

  typed(event, now = false) {
    const field = event.target
    if (!field.closest('#b-form') || !field.name || field.type === 'file') return
    this.touched(field.name, now && (field.type === 'checkbox' || field.tagName === 'SELECT') ? 0 : PAUSE)
  }

  touched(name, pause) {
    this.dirty = true
    this.field = name
    this.state('typing')
    clearTimeout(this.wait)
    this.wait = setTimeout(() => this.save(), pause)
  }

  async save() {
    clearTimeout(this.wait)
    const form = this.querySelector('#b-form')
    if (!this.dirty || !form?.dataset.id) return this.line
    this.dirty = false
    const body = new URLSearchParams(new FormData(form))
    body.set('field', this.field || '')
    return this.send(`/blocks/${form.dataset.id}`, body)
  }

  async choose(id, fromHere = false) {
    await this.save()
    this.chosen = id
    this.mark()
    this.frame.choose(id, fromHere)
    await this.send(`/blocks/${id}`, null, 'GET')
    if (matchMedia('(max-width: 62rem)').matches && fromHere) this.pane('form')
  }

  async add(kind) {
    document.getElementById('block-palette')?.hidePopover?.()
    await this.save()
    await this.send('/blocks', { kind, after: this.chosen })
    this.querySelector('#b-form :is(input, textarea, select):not([type=hidden])')?.focus()
  }

  async remove(id) {
    if (this.chosen === id) this.dirty = false
    await this.save()
    const next = this.list.neighbour(id)
    await this.send(`/blocks/${id}?next=${next}`, {}, 'DELETE')
    this.list.focus(next)
  }

  async step(way) {
    await this.save()
    return this.send('/steps', { way: way === 'redo' ? 'forward' : 'back' })
  }

  // One request after the other: each needs to know which state the one before it made.
  send(path, body, method = 'POST') {
    this.line = this.line.then(() => this.ask(path, body, method)).catch((error) => {
      this.state('failed')
      tell({ text: error.message, tone: 'bad' })
    })
    return this.line
  }

  async ask(path, body, method) {
    const address = new URL(this.dataset.url + path, location.href)
    for (const [key, value] of [['arm', this.dataset.arm], ['base', this.base], ['block', this.chosen]]) address.searchParams.set(key, value)
    if (body) { this.busy = true; this.state('saving') }
    const plain = body instanceof URLSearchParams ? body : body && new URLSearchParams(body)
    if (plain) { plain.set('base', this.base); plain.set('arm', this.dataset.arm) }
    try {
      const answer = await fetch(address, {
        method, body: method === 'POST' ? plain : undefined, redirect: 'error',
        headers: { 'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content },
      })
      if (!answer.headers.get('content-type')?.includes('json')) throw new Error(this.dataset.broken)
      await this.take(await answer.json(), Boolean(body))
    } finally {
      this.busy = false
    }
  }

  async take(said, wrote) {
    if (said.error) throw new Error(said.error)
    if (said.conflict) return this.conflict(said)
    this.base = said.base ?? this.base
    if (said.toast) tell({ text: said.toast })
    if (said.select !== undefined && said.select !== null) this.chosen = said.select
    this.list.replace(said.list)
    this.swap('#b-bar', said.bar)
    if (said.form !== undefined) { this.swap('#b-form-pane', said.form); window.htmx.process(this.querySelector('#b-form-pane')); this.rows.ready() }
    this.errors(said.errors || {})
    this.mark()
    if (said.said) say(said.said)
    if (wrote) { this.state('kept'); await this.frame.refresh() }
  }

  conflict(said) {
    this.base = said.base
    const note = this.querySelector('#b-note')
    note.innerHTML = said.conflict
    note.hidden = false
    note.querySelector('a, button')?.focus()
    this.state('aside')
    this.frame.refresh()
  }

  closeNote() {
    const note = this.querySelector('#b-note')
    note.hidden = true
    this.choose(this.chosen)
  }

  swap(place, html) {
    const old = this.querySelector(place)
    if (!old || html === undefined) return
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset?.do : null
    old.innerHTML = html
    if (focused) (old.querySelector(`[data-do="${focused}"]:not([disabled])`) || this.querySelector('[data-pick][aria-current]'))?.focus()
  }

  errors(found) {
    for (const box of this.querySelectorAll('#b-form [data-field]')) {
      const words = found[box.dataset.field] || found[box.dataset.field.replace(/-(label|href)$/, '')] || ''
      const line = box.querySelector(':scope > .form-error')
      const field = box.querySelector(':is(input, textarea, select)')
      if (!line) continue
      line.hidden = !words
      line.querySelector('span').textContent = words
      if (field) field.ariaInvalid = words ? 'true' : null
    }
  }

  mark() {
    this.list.mark(this.chosen)
    const address = new URL(location.href)
    address.searchParams.set('block', this.chosen)
    history.replaceState(history.state, '', address)
  }

  state(name) {
    const place = this.querySelector('[data-saved]')
    if (!place) return
    place.dataset.saved = name
    place.textContent = place.dataset[name] || ''
  }

  pane(name) {
    this.dataset.show = name
    for (const tab of this.querySelectorAll('[data-pane]')) tab.ariaPressed = String(tab.dataset.pane === name)
    if (name === 'stage') this.frame.fit()
  }

  async look() {
    if (document.hidden || this.busy) return
    const answer = await fetch(`${this.dataset.url}/head?arm=${this.dataset.arm}&base=${this.base}`).catch(() => null)
    if (!answer?.ok || !answer.headers.get('content-type')?.includes('json')) return
    const { other } = await answer.json()
    const place = this.querySelector('#b-other')
    place.hidden = !other
    if (other && place.dataset.said !== other) { place.dataset.said = other; place.querySelector('span').textContent = other; say(other); this.frame.refresh() }
  }
}

customElements.define('reif-builder', ReifBuilder)
