// <reif-confusion>: right and wrong at the threshold that the slider stands at, for a draft and what is in force.
import { language } from './app/words.js'

const NAMES = ['tp', 'fp', 'fn', 'tn']

class ReifConfusion extends HTMLElement {
  connectedCallback() {
    this.told = JSON.parse(this.querySelector('script').textContent)
    this.slider = this.querySelector('input[type=range]')
    this.slider.addEventListener('input', () => this.show())
    this.show()
  }

  show() {
    const points = Number(this.slider.value)
    this.querySelector('output').textContent = points
    for (const which of ['draft', 'current']) {
      const [tp, fp, fn, tn] = this.told[which][points] ?? this.beyond(this.told[which])
      const figures = { tp, fp, fn, tn, precision: this.share(tp, tp + fp), recall: this.share(tp, tp + fn) }
      for (const [name, value] of Object.entries(figures)) {
        const cell = this.querySelector(`[data-${which}=${name}]`)
        if (cell) cell.textContent = NAMES.includes(name) ? value.toLocaleString(language) : value
      }
    }
  }

  // Above the highest score there is nobody to pass on.
  beyond([first]) {
    const [tp, fp, fn, tn] = first ?? [0, 0, 0, 0]
    return [0, 0, tp + fn, fp + tn]
  }

  share(part, whole) {
    if (!whole) return '–'
    return `${((100 * part) / whole).toLocaleString(language, { maximumFractionDigits: 1 })}\u202f%`
  }
}
customElements.define('reif-confusion', ReifConfusion)
