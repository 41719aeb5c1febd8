// The editor of texts: marks around what is chosen, pictures at the cursor, Ctrl+S, and a warning before words are lost.
class Writer extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector('textarea')
    this.count = this.querySelector('.writer-count')
    this.addEventListener('click', (event) => {
      const { dataset } = event.target.closest?.('button') ?? {}
      if (dataset?.wrap) this.wrap(dataset.wrap, dataset.wrap)
      else if (dataset?.line) this.line(dataset.line)
      else if (dataset && 'link' in dataset) this.wrap('[', '](https://)')
    })
    this.text.addEventListener('input', () => this.tell())
    this.chosen = ({ detail }) => {
      if (detail.field === 'inserted' && detail.key) this.insert(`\n\n![${(detail.alt || '').replace(/[\][]/g, '')}](${detail.key})\n\n`)
    }
    document.addEventListener('picture:chosen', this.chosen)
    this.tell()
  }

  disconnectedCallback() {
    document.removeEventListener('picture:chosen', this.chosen)
  }

  tell() {
    if (this.count) this.count.textContent = `${this.text.value.split(/\s+/).filter(Boolean).length} ${this.count.dataset.words}`
  }

  wrap(before, after) {
    const { selectionStart: from, selectionEnd: to, value } = this.text
    const chosen = value.slice(from, to)
    this.insert(before + chosen + after, chosen ? 0 : -after.length)
  }

  line(mark) {
    const { selectionStart: from, selectionEnd: to, value } = this.text
    const start = value.lastIndexOf('\n', from - 1) + 1
    const lines = value.slice(start, Math.max(to, from)).split('\n').map((line) => mark + line.replace(/^(#{1,6} |- |\d+\. |> )/, ''))
    this.text.setSelectionRange(start, Math.max(to, from))
    this.insert(lines.join('\n'))
  }

  // execCommand keeps the browser's undo; the plain way is for browsers without it.
  insert(words, back = 0) {
    this.text.focus()
    if (!document.execCommand?.('insertText', false, words)) this.text.setRangeText(words, this.text.selectionStart, this.text.selectionEnd, 'end')
    if (back) this.text.setSelectionRange(this.text.selectionStart + back, this.text.selectionStart + back)
    this.text.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

// <reif-preview>: each answer brings a new frame; it takes the place of the old one when it is drawn, at the same height.
class Preview extends HTMLElement {
  connectedCallback() {
    this.frames = this.firstElementChild
    this.watcher = new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => this.took(node))))
    this.watcher.observe(this.frames, { childList: true })
    this.sizes = new ResizeObserver(() => this.fit())
    this.sizes.observe(this)
    this.switched = ({ target }) => { if (target.name === '-width') { this.dataset.width = target.value; this.fit() } }
    document.addEventListener('change', this.switched)
  }

  disconnectedCallback() {
    this.watcher.disconnect()
    this.sizes.disconnect()
    document.removeEventListener('change', this.switched)
  }

  took(frame) {
    if (frame.tagName !== 'IFRAME') return
    const old = [...this.frames.querySelectorAll('iframe')].filter((one) => one !== frame)
    frame.addEventListener('load', () => {
      const height = old.at(-1)?.contentWindow?.scrollY ?? 0
      frame.contentWindow?.scrollTo(0, height)
      frame.dataset.drawn = ''
      old.forEach((one) => one.remove())
      frame.contentDocument?.addEventListener('click', (event) => { if (event.target.closest?.('a[href]')) event.preventDefault() })
    }, { once: true })
  }

  fit() {
    const wide = this.dataset.width === 'narrow' ? 390 : 1120
    const scale = Math.min(1, this.clientWidth / wide)
    this.style.setProperty('--wide', `${wide}px`)
    this.style.setProperty('--scale', scale)
  }
}

const guarded = () => document.querySelector('form[data-guard]')
let changed = false
document.addEventListener('input', ({ target }) => { if (target.form === guarded()) changed = true })
document.addEventListener('picture:chosen', () => { if (guarded()) changed = true })
document.addEventListener('submit', ({ target }) => { if (target === guarded()) changed = false })
addEventListener('beforeunload', (event) => { if (changed && guarded()) event.preventDefault() })
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches?.('textarea[data-line]')) return event.preventDefault()
  if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
  const button = document.querySelector('[data-save]')
  if (!button) return
  event.preventDefault()
  button.click()
})

customElements.define('reif-writer', Writer)
customElements.define('reif-preview', Preview)
