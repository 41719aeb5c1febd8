// <rel-time> says how long ago, <sla-clock> how long until. One clock ticks for all of them.
import { language, words } from './words.js'

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' })
const year = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' })
const shown = new Set()
const MINUTE = 60
const HOUR = 3600
const DAY = 86400

class Ticking extends HTMLElement {
  connectedCallback() {
    this.moment = new Date(this.getAttribute('at') ?? this.getAttribute('due'))
    if (Number.isNaN(+this.moment)) return
    shown.add(this)
    this.show((this.moment - Date.now()) / 1000)
  }

  disconnectedCallback() {
    shown.delete(this)
  }
}

class RelTime extends Ticking {
  show(seconds) {
    const text = this.say(seconds)
    if (this.textContent !== text) this.textContent = text
  }

  say(seconds) {
    const size = Math.abs(seconds)
    if (size < 45) return words.now ?? relative.format(0, 'second')
    if (size < 50 * MINUTE) return relative.format(Math.round(seconds / MINUTE), 'minute')
    if (size < 22 * HOUR) return relative.format(Math.round(seconds / HOUR), 'hour')
    if (size < 7 * DAY) return relative.format(Math.round(seconds / DAY), 'day')
    return (this.moment.getFullYear() === new Date().getFullYear() ? day : year).format(this.moment)
  }
}

class SlaClock extends Ticking {
  show(seconds) {
    const soon = Number(this.getAttribute('soon') ?? HOUR)
    this.dataset.state = seconds < 0 ? 'late' : seconds < soon ? 'soon' : 'fine'
    const span = length(Math.abs(seconds))
    const text = (seconds < 0 ? words.late ?? '{} late' : words.left ?? '{} left').replace('{}', span)
    const target = this.querySelector('[data-span]') ?? this
    if (target.textContent !== text) target.textContent = text
  }
}

function length(seconds) {
  const minutes = Math.floor(seconds / MINUTE)
  if (minutes < 1) return `< 1 ${words.minute ?? 'min'}`
  if (minutes < 60) return `${minutes} ${words.minute ?? 'min'}`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} ${words.hour ?? 'h'}${minutes % 60 && hours < 10 ? ` ${minutes % 60} ${words.minute ?? 'min'}` : ''}`
  return `${Math.floor(hours / 24)} ${words.days ?? 'd'}`
}

customElements.define('rel-time', RelTime)
customElements.define('sla-clock', SlaClock)
setInterval(() => {
  for (const element of shown) element.show((element.moment - Date.now()) / 1000)
}, 15_000)
