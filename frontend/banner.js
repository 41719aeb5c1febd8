// Asks for consent on pages of other sites: <script src="https://…/t.js" data-banner defer></script>. Loaded only when there is
// something to ask, or somebody presses what has data-consent-open. Words and shape come from the server, once.
import './public/consent.js'
import { dressed } from './public/dressed.js'

const pressed = document.activeElement?.closest?.('[data-consent-open]')

async function ask() {
  const language = document.documentElement.lang.slice(0, 2)
  const answer = await fetch(`${window.reif.base}/consent-banner?language=${language}`, { credentials: 'omit' })
  const told = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('reif-consent')
  const banner = document.createElement('reif-consent')
  banner.hidden = true
  banner.setAttribute('role', 'region')
  banner.ariaLabel = told.querySelector('h2').textContent
  document.body.prepend(await dressed(banner, 'banner.css', ...told.childNodes))
  if (pressed) banner.open(pressed)
}
ask()
