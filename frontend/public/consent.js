// <reif-consent>: asks once, three answers of equal weight on the first layer. Its words come from the server.
// A browser that sends Global Privacy Control has answered already: it is told so when somebody asks for the settings.
export class ReifConsent extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.composedPath()[0].closest('button[value]')
      if (button) this.answer(button.value)
    })
    this.addEventListener('keydown', (event) => event.key == 'Escape' && this.asked && this.close())
    document.addEventListener('click', (event) => {
      const opener = event.target.closest?.('[data-consent-open]')
      if (!opener) return
      event.preventDefault()
      this.open(opener)
    })
    if (!this.answered()) this.open()
  }

  answered() {
    return /(^|; )reif_c=/.test(document.cookie) || navigator.globalPrivacyControl === true
  }

  // asked: what was pressed to see the settings again; the focus goes back there.
  open(asked) {
    const root = this.shadowRoot || this
    this.asked = asked
    this.hidden = false
    for (const part of root.querySelectorAll('[data-refused]')) part.hidden = (part.dataset.refused == 'yes') != (navigator.globalPrivacyControl === true)
    for (const button of root.querySelectorAll('.choices [value]')) button.ariaPressed = asked ? String(button.value == window.reif?.level()) : null
    if (asked) root.querySelector('.choices:not([hidden]) button')?.focus()
  }

  close() {
    this.hidden = true
    this.asked?.focus()
  }

  answer(choice) {
    window.reif?.consent(choice)
    this.close()
  }
}
if (!customElements.get('reif-consent')) customElements.define('reif-consent', ReifConsent)
