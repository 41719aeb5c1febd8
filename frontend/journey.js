// <reif-journey>: a journey as a canvas. Reads {steps: [{id, kind, title, text, counts, href}], links: [{from, to, label}]}
// from its JSON child and lays it out itself; the ordered list beside it says the same to everyone.
import { createRoot } from 'react-dom/client'
import { Canvas } from './journey/canvas.js'

class ReifJourney extends HTMLElement {
  connectedCallback() {
    const source = this.querySelector('script[type="application/json"]')
    if (!source) return
    const place = this.querySelector('[data-canvas]') ?? this.appendChild(document.createElement('div'))
    place.className = 'journey-canvas'
    this.root = createRoot(place)
    this.repaint = () => this.paint(JSON.parse(source.textContent))
    document.addEventListener('reif:theme', this.repaint)
    this.repaint()
  }

  disconnectedCallback() {
    document.removeEventListener('reif:theme', this.repaint)
    this.root?.unmount()
  }

  paint(journey) {
    const dark = document.documentElement.classList.contains('dark')
    this.root.render(<Canvas journey={journey} dark={dark} label={this.getAttribute('label') ?? ''} />)
  }
}

customElements.define('reif-journey', ReifJourney)
