// <reif-form data-form="slug">: a form of this installation on any page, in a shadow tree of its own. Under 2 kB gzipped.
// Without this script, or when the page may not show the form, what stands inside the element (a link) stays.
// A button with data-reif-popup="slug" opens the form in a dialog. Frames of ours get the height they need.
import { enliven } from './forms/live.js'
import { inSlices } from './forms/prove.js'

const root = new URL(document.currentScript.src).origin

class ReifForm extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return
    const { form, lang, height } = this.dataset
    this.style.cssText += `;display:block;min-height:${height || '26rem'}`
    const query = new URLSearchParams({ url: location.href, referrer: document.referrer, lang: lang || document.documentElement.lang.slice(0, 2), variant: document.documentElement.dataset.variant || '' })
    try {
      const { html, style } = await (await fetch(`${root}/f/${form}/piece?${query}`)).json()
      const shade = this.attachShadow({ mode: 'open' })
      shade.innerHTML = `<link rel="stylesheet" href="${style}"><div class="reif"></div>`
      const holder = shade.lastChild
      holder.innerHTML = html
      this.live(holder)
    } catch {
      this.style.minHeight = ''
    }
  }

  live(holder) {
    const form = holder.querySelector('form')
    if (!form) return
    enliven(form, holder, {
      always: true,
      prove: inSlices(`${root}/static/dist/proof.js`),
      more: () => (window.reif?.level?.() == 'personal' ? { visitor: window.reif.id() } : {}),
      done: () => this.dispatchEvent(new CustomEvent('reif:submitted', { bubbles: true, composed: true, detail: { form: this.dataset.form } })),
    })
  }
}

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-reif-popup]')
  if (!button) return
  event.preventDefault()
  const dialog = document.createElement('dialog')
  dialog.style.cssText = 'width:min(34rem,92vw);border:0;border-radius:1rem;padding:1.5rem'
  dialog.innerHTML = '<form method="dialog"><button style="float:right;font-size:1.5rem;border:0;background:0;color:inherit;min-width:2rem">×</button></form><reif-form data-height=0 data-form="' + button.dataset.reifPopup + '"></reif-form>'
  dialog.querySelector('button').ariaLabel = button.dataset.close || 'Close'
  dialog.onclose = () => dialog.remove()
  document.body.append(dialog)
  dialog.showModal()
})
addEventListener('message', ({ origin, data, source }) => {
  if (origin != root || !data?.reif) return
  for (const frame of document.querySelectorAll('iframe')) if (frame.contentWindow == source) frame.style.height = `${data.reif}px`
})
customElements.define('reif-form', ReifForm)
