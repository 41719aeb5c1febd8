// <reif-consent>: asks once, three answers of equal weight on the first layer. Its words come from the server.
class ReifConsent extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button[value]')
      if (button) this.answer(button.value)
    })
    document.addEventListener('click', (event) => {
      if (!event.target.closest?.('[data-consent-open]')) return
      event.preventDefault()
      this.open(true)
    })
    if (this.answered()) return
    this.open(false)
  }

  answered() {
    return /(^|; )reif_c=/.test(document.cookie) || navigator.globalPrivacyControl === true
  }

  open(focus) {
    this.hidden = false
    if (focus) this.querySelector('button')?.focus()
  }

  answer(choice) {
    this.hidden = true
    window.reif?.consent(choice)
    this.dispatchEvent(new CustomEvent('reif:consent', { bubbles: true, detail: choice }))
  }
}
customElements.define('reif-consent', ReifConsent)
