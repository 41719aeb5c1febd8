// Calls to action: bars, popups, what slides in or comes on leaving, and the slots of a page. Loaded by t.js only where there are
// some. Our own pages carry them (#reif-calls), foreign ones ask for them. What was closed is remembered on the device only with
// personal consent, else for as long as the page stands. One thing over the page at a time, and never over the question for consent.
import { dressed } from './public/dressed.js'

const { base, say } = window.reif
const STORE = 'reif_calls'
const DAY = 86400000
const seen = {} // of this page: slug -> when
const fine = matchMedia('(hover: hover) and (pointer: fine)').matches
let over = null // the call that stands over the page now
let had = false // one has stood over this page already
let stop = []
let low // the bar at the bottom of the window
let here

const mayKeep = () => window.reif.level() == 'personal'
const stores = () => mayKeep() ? [localStorage, sessionStorage] : []
const kept = (store) => JSON.parse(store.getItem(STORE) || '{}')
const asking = () => document.querySelector('reif-consent:not([hidden])')
const tell = (call, did) => say('call', { call: call.slug, did })

// A visit's memory ends with the tab; days are counted from the last time.
function rested({ slug, days }) {
  if (seen[slug]) return false
  return stores().every((store, n) => {
    const at = kept(store)[slug]
    return !at || (n == 0 && at !== 1 && (!days || Date.now() - at > days * DAY))
  })
}

function remember({ slug }, forGood) {
  seen[slug] = 1
  for (const store of stores()) store.setItem(STORE, JSON.stringify({ ...kept(store), [slug]: forGood ? 1 : Date.now() }))
}

function script(name) {
  if (document.querySelector(`script[src$="/${name}.js"]`)) return
  const more = document.createElement('script')
  more.src = `${base}/${name}.js`
  document.head.append(more)
}

function parts(call, element) {
  const inside = new DOMParser().parseFromString(call.html, 'text/html').body
  element.className = 'call'
  element.dataset.kind = call.kind
  element.dataset.place = call.place
  element.ariaLabel = inside.querySelector('h2').textContent
  element.append(...inside.childNodes)
  if (call.form) script('f')
  return heed(call, element)
}

// What visitors do with a call, also with one that stood in the page from the beginning.
function heed(call, element) {
  element.addEventListener('click', (event) => event.target.closest('a[href]') && tell(call, 'clicked'))
  element.addEventListener('reif:submitted', () => {
    tell(call, 'converted')
    remember(call, true)
  })
  return element
}

const places = ({ slug }) => document.querySelectorAll(`[data-call="${CSS.escape(slug)}"]`)

// When an element is seen by half, once.
function sighted(element, then) {
  const watcher = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return
    watcher.disconnect()
    then()
  }, { threshold: 0.5 })
  watcher.observe(element)
}

async function show(call) {
  if (!rested(call) || document.hidden) return
  const floats = call.kind != 'bar'
  if (floats) {
    if (over || had) return
    if (asking()) return void later(call)
    over = call
    had = true
  }
  const modal = call.kind == 'popup' || call.kind == 'exit'
  const [stood] = call.html ? [] : places(call)
  if (!stood && !call.html) return
  const part = stood ? heed(call, stood) : parts(call, document.createElement(modal ? 'dialog' : 'section'))
  const host = stood || await dressed(document.createElement('div'), 'calls.css', part)
  const back = document.activeElement
  const close = (did) => {
    if (!host.isConnected) return
    if (did) tell(call, did)
    const within = part.contains((host.shadowRoot || document).activeElement)
    host.remove()
    if (floats) over = null
    if (modal || within) back?.focus?.()
  }
  part.addEventListener('click', (event) => {
    if (event.target.closest('.call-close') || (modal && event.target == part)) close('dismissed')
  })
  part.addEventListener('keydown', (event) => event.key == 'Escape' && !modal && close('dismissed'))
  part.addEventListener('cancel', () => close('dismissed'))
  stop.push(() => close())
  if (stood) part.dataset.shown = ''
  else document.body.append(host)
  if (call.kind == 'bar' && call.place != 'top') low = part
  if (call.kind == 'slide' && low?.isConnected) part.style.insetBlockEnd = `${low.offsetHeight + 16}px`
  if (modal) part.showModal()
  remember(call)
  tell(call, 'viewed')
}

// Somebody is being asked for consent: after the answer it may come.
const later = (call) => document.addEventListener('reif:consent', () => setTimeout(show, 600, call), { once: true })

function on(target, name, listen, options) {
  target.addEventListener(name, listen, options)
  stop.push(() => target.removeEventListener(name, listen, options))
}

function wait(call) {
  const { seconds, scroll, kind } = call
  const ready = () => kind == 'exit' ? onLeaving(call) : show(call)
  const timed = () => {
    const timer = setTimeout(ready, seconds * 1000)
    stop.push(() => clearTimeout(timer))
  }
  if (!scroll) return timed()
  const look = () => {
    const whole = document.documentElement.scrollHeight - innerHeight
    if (whole > 0 && scrollY / whole * 100 < scroll) return
    removeEventListener('scroll', look)
    timed()
  }
  on(window, 'scroll', look, { passive: true })
  look()
}

// A mouse that leaves by the top is on its way to another page. A finger has no such way, so it gets no such call.
function onLeaving(call) {
  if (!fine) return
  let moved = false
  on(document, 'pointermove', () => { moved = true }, { passive: true })
  on(document.documentElement, 'mouseleave', (event) => moved && event.clientY <= 0 && show(call))
}

async function slot(call) {
  for (const place of places(call)) {
    if (place.dataset.heeded) continue
    place.dataset.heeded = 1
    if (place.firstElementChild) heed(call, place)
    else await dressed(place, 'calls.css', parts(call, document.createElement('section')))
    sighted(place, () => tell(call, 'viewed'))
  }
}

async function calls() {
  const ours = document.getElementById('reif-calls')
  if (ours) return JSON.parse(ours.textContent)
  const query = new URLSearchParams({ u: location.href, r: document.referrer, l: document.documentElement.lang })
  if (mayKeep()) query.set('v', window.reif.id())
  return (await (await fetch(`${base}/calls.json?${query}`, { credentials: 'omit' })).json()).calls
}

async function begin() {
  if (here == location.href) return
  here = location.href
  for (const end of stop.splice(0)) end()
  had = false
  for (const call of await calls()) call.kind == 'inline' ? slot(call) : wait(call)
}

document.addEventListener('reif:view', begin)
document.addEventListener('reif:consent', () => {
  if (mayKeep()) return
  localStorage.removeItem(STORE)
  sessionStorage.removeItem(STORE)
})
begin()
