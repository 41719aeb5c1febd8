// <live-stream src="/inbox/stream">: what just happened, as events on the page and as toasts. Without a line, it asks every 10 s.
import { toast } from './toast.js'

const POLL = 10_000

class LiveStream extends HTMLElement {
  connectedCallback() {
    this.name = this.getAttribute('event') ?? 'inbox'
    this.source = new EventSource(this.getAttribute('src'))
    this.source.addEventListener('open', () => this.said('on'))
    this.source.addEventListener(this.name, ({ data }) => this.heard(JSON.parse(data)))
    this.source.addEventListener('error', () => this.said('off'))
    this.timer = setInterval(() => { if (this.dataset.line === 'off' && !document.hidden) this.heard({}) }, POLL)
    addEventListener('pagehide', () => this.source.close(), { once: true })
  }

  disconnectedCallback() {
    this.source?.close()
    clearInterval(this.timer)
  }

  said(state) {
    if (state === 'on' && this.dataset.line === 'off') this.heard({}) // what was missed meanwhile
    this.dataset.line = state
  }

  heard(detail) {
    document.body.dispatchEvent(new CustomEvent(this.name, { detail, bubbles: true }))
    if (detail.toast) toast(detail.toast)
  }
}

customElements.define('live-stream', LiveStream)
