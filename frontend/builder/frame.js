// The preview: a frame without rights of its own. It may run its one script, and reaches neither cookies nor this page;
// the two talk by messages, and each looks at who sent them.
export class Frame {
  constructor(builder) {
    this.builder = builder
    this.stage = builder.querySelector('.builder-stage')
    this.box = builder.querySelector('.builder-frame')
    this.frame = builder.querySelector('iframe')
    addEventListener('message', (event) => this.heard(event))
    new ResizeObserver(() => this.fit()).observe(this.stage)
    this.wide(localStorage.getItem('builder-width') || 'desk')
  }

  heard(event) {
    if (event.source !== this.frame.contentWindow || event.data?.reif === undefined) return
    if (event.data.reif === 'ready') this.choose(this.builder.chosen, false)
    if (event.data.reif === 'select' && /^[\w-]+$/.test(event.data.id)) this.builder.choose(event.data.id)
    if (event.data.reif === 'key') this.builder.step(event.data.way === 'redo' ? 'redo' : 'undo')
  }

  say(message) {
    this.frame.contentWindow.postMessage(message, '*') // its origin is opaque: no other target can be named
  }

  choose(id, scroll) {
    this.say({ reif: 'choose', id, scroll })
  }

  async refresh() {
    const answer = await fetch(this.frame.src, { headers: { 'X-Requested-With': 'fetch' } })
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    this.say({ reif: 'html', html: page.querySelector('main').innerHTML, id: this.builder.chosen })
  }

  wide(name) {
    this.name = name
    try { localStorage.setItem('builder-width', name) } catch { /* a browser that keeps nothing */ }
    for (const button of this.builder.querySelectorAll('button[data-width]')) button.ariaPressed = String(button.dataset.width === name)
    this.stage.dataset.width = name
    this.fit()
  }

  // A desk is 1280 pixels wide wherever it is looked at: the frame is laid out so, and made smaller to fit.
  fit() {
    const style = getComputedStyle(this.stage)
    const room = this.stage.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    const high = this.stage.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)
    if (room <= 0) return
    const wanted = this.name === 'phone' ? 390 : 1280
    const scale = Math.min(1, room / wanted)
    Object.assign(this.frame.style, { width: `${wanted}px`, height: `${high / scale}px`, transform: scale === 1 ? '' : `scale(${scale})` })
    Object.assign(this.box.style, { width: `${wanted * scale}px`, height: `${high}px` })
  }
}
