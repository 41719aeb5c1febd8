// The tracking script: says what a visitor does on this page, once the visitor has agreed. Under 2 kB gzipped.
// Nothing is stored and nothing is sent before that. Levels: wait (no answer yet), none, aggregate (no id), personal.
const script = document.currentScript
const endpoint = new URL(script.src).origin + '/e'
const YEAR = 33696000 // 390 days, the longest life the visitor's cookie may have
const FILES = /\.(pdf|docx?|xlsx?|pptx?|csv|zip|dmg|exe|mp[34]|epub|ics)$/i
let page, from, depth, since, engaged, left

const read = (name) => (document.cookie.match(`(?:^|; )${name}=([^;]*)`) || [])[1]
const keep = (name, value, age = YEAR) => {
  const secure = location.protocol == 'https:' ? ';secure' : ''
  document.cookie = `${name}=${value};path=/;max-age=${age};samesite=lax${secure}`
}
const uuid = () => crypto.randomUUID ? crypto.randomUUID() : '10000000-1000-4000-8000-100000000000'.replace(
  /[018]/g, (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16))

function level() {
  const chosen = read('reif_c')
  if (chosen) return chosen
  return navigator.globalPrivacyControl ? 'none' : script.dataset.consent || 'wait'
}

function visitor() {
  if (level() != 'personal') return null
  const id = read('reif_v') || uuid()
  keep('reif_v', id)
  return id
}

function say(kind, extra) {
  const consent = level()
  if (consent != 'aggregate' && consent != 'personal') return
  const body = JSON.stringify({
    t: kind, u: page, r: from, ti: document.title, v: visitor(), c: consent, m: uuid(), ts: new Date().toISOString(), d: extra || {},
  })
  if (!navigator.sendBeacon?.(endpoint, body))
    fetch(endpoint, { method: 'POST', body, keepalive: true, mode: 'no-cors', credentials: 'omit' }).catch(() => {})
}

function view(referrer) {
  from = referrer
  page = location.href
  depth = engaged = left = 0
  since = document.hidden ? 0 : Date.now()
  scrolled()
  say('view')
}

function leave() {
  if (since) engaged += Date.now() - since
  since = 0
  if (left && engaged < 1000) return
  say('leave', { scroll: depth, engaged })
  left = 1
  engaged = 0
}

function moved() {
  if (location.href.split('#')[0] == page.split('#')[0]) return
  const before = page
  leave()
  view(before)
}

function scrolled() {
  const whole = document.documentElement.scrollHeight
  depth = Math.max(depth, Math.min(100, Math.round((scrollY + innerHeight) / whole * 100)))
}

function clicked(event) {
  const named = event.target.closest?.('[data-reif-event]')
  if (named) track(named.dataset.reifEvent)
  const link = event.target.closest?.('a[href]')
  if (!link || !/^http/.test(link.protocol)) return
  const kind = FILES.test(link.pathname) || link.hasAttribute('download') ? 'download' : link.host != location.host && 'outbound'
  if (kind) say('click', { href: link.href, kind })
}

const track = (name, props) => say('event', { name, props: props || {} })

function consent(choice) {
  const before = level()
  if (choice != 'personal') keep('reif_v', '', 0)
  keep('reif_c', choice)
  if (before != 'personal' && before != 'aggregate') view(from)
}

function start() {
  for (const name of ['pushState', 'replaceState']) {
    const original = history[name]
    history[name] = function () {
      original.apply(this, arguments)
      moved()
    }
  }
  addEventListener('popstate', moved)
  addEventListener('scroll', scrolled, { passive: true })
  addEventListener('click', clicked, true)
  addEventListener('auxclick', clicked, true)
  addEventListener('pagehide', leave)
  addEventListener('pageshow', (event) => event.persisted && view(page))
  document.addEventListener('visibilitychange', () => document.hidden ? leave() : since = Date.now())
  view(document.referrer)
}

window.reif = { consent, track, level, id: visitor }
if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true })
else start()
