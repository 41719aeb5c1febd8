// The tracking script: says what a visitor does on this page, once the visitor has agreed. Under 2 kB gzipped.
// Nothing is stored and nothing is sent before that. Levels: wait (no answer yet), none, aggregate (no id), personal.
const script = document.currentScript
const own = script.dataset
const base = new URL(script.src).origin
const YEAR = 33696000 // 390 days, the longest life the visitor's cookie may have
const FILES = /\.(pdf|docx?|xlsx?|pptx?|csv|zip|dmg|exe|mp[34]|epub|ics)$/i
const refused = navigator.globalPrivacyControl
const waiting = window.reif
const replace = history.replaceState.bind(history)
let page, shown, from, depth, since, engaged, left, begun

const read = (name) => (document.cookie.match(`(?:^|; )${name}=([^;]*)`) || [])[1]
const keep = (name, value, age = YEAR) => {
  const secure = location.protocol == 'https:' ? ';secure' : ''
  document.cookie = `${name}=${value};path=/;max-age=${age};samesite=lax${secure}`
}
const uuid = () => crypto.randomUUID ? crypto.randomUUID() : '10000000-1000-4000-8000-100000000000'.replace(
  /[018]/g, (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16))
const tell = (name, detail) => document.dispatchEvent(new CustomEvent('reif:' + name, { detail }))

// A browser that sends Global Privacy Control has answered already, and for good.
const level = () => refused ? 'none' : read('reif_c') || own.consent || 'wait'

function visitor() {
  if (level() != 'personal') return null
  const id = read('reif_v') || uuid()
  keep('reif_v', id)
  return id
}

function send(message) {
  const body = JSON.stringify({ ...message, c: level(), m: uuid(), ts: new Date().toISOString(), w: navigator.webdriver ? 1 : undefined })
  if (!navigator.sendBeacon?.(base + '/e', body))
    fetch(base + '/e', { method: 'POST', body, keepalive: true, mode: 'no-cors', credentials: 'omit' }).catch(() => {})
}

function say(kind, extra) {
  const id = visitor()
  if (id || level() == 'aggregate') send({
    t: kind, u: page, r: from, ti: document.title, v: id, d: extra || {}, va: document.documentElement.dataset.variant,
    tz: id ? Intl.DateTimeFormat().resolvedOptions().timeZone : undefined,
  })
}

// What came with a link in a mail says who reads: it is told once, and taken out of the address, which people pass on.
function arrive() {
  shown = page = location.href
  const address = new URL(page)
  if (!address.searchParams.has('reif')) return
  address.searchParams.delete('reif')
  shown = address.href
  replace(history.state, '', shown)
}

function view(referrer) {
  from = referrer
  depth = engaged = left = 0
  begun = new WeakSet()
  since = document.hidden ? 0 : Date.now()
  scrolled()
  say('view')
  tell('view', shown)
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
  if (location.href.split('#')[0] == shown.split('#')[0]) return
  const before = shown
  leave()
  arrive()
  view(before)
}

function scrolled() {
  const whole = document.documentElement.scrollHeight
  depth = Math.max(depth, Math.min(100, Math.round((scrollY + innerHeight) / whole * 100)))
}

function clicked(event) {
  const at = (what) => event.target.closest?.(what)
  const named = at('[data-reif-event]')
  if (named) track(named.dataset.reifEvent)
  if (own.banner != null && at('[data-consent-open]')) load('banner')
  const link = at('a[href]')
  if (!link || !/^http/.test(link.protocol)) return
  const kind = FILES.test(link.pathname) || link.hasAttribute('download') ? 'download' : link.host != location.host && 'outbound'
  if (kind) say('click', { href: link.href, kind })
}

// Somebody begins to fill in a form, in the shadow of a component too.
function typed(event) {
  const form = event.composedPath()[0].form
  if (!form || begun.has(form)) return
  begun.add(form)
  const name = (attribute) => form.getAttribute(attribute)
  say('form', { form: name('data-form') || name('name') || name('id') })
}

function load(name) {
  if (document.getElementById('reif-' + name)) return
  const more = document.createElement('script')
  more.id = 'reif-' + name
  more.src = `${base}/${name}.js`
  document.head.append(more)
}

const track = (name, props) => say('event', { name, props: props || {} })

function consent(choice) {
  if (refused) return
  const before = level()
  if (choice != 'personal') keep('reif_v', '', 0)
  keep('reif_c', choice)
  if (before != choice) send({ t: 'consent' })
  if (before != 'personal' && before != 'aggregate') view(from)
  tell('consent', choice)
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
  addEventListener('input', typed, true)
  addEventListener('pagehide', leave)
  addEventListener('pageshow', (event) => event.persisted && view(shown))
  document.addEventListener('visibilitychange', () => document.hidden ? leave() : since = Date.now())
  if (refused && read('reif_v')) keep('reif_v', '', 0)
  arrive()
  view(document.referrer)
  waiting?.forEach?.(([name, ...rest]) => window.reif[name](...rest))
  if (own.calls != null) load('c')
  if (own.banner != null && level() == 'wait') load('banner')
}

window.reif = { consent, track, level, id: visitor, say, base }
if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true })
else start()
