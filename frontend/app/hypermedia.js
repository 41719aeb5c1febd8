// htmx with our rules: the CSRF token on every writing request, forms with errors are swapped, failures become a toast.
import htmx from 'htmx.org'
import { toast } from './toast.js'
import { words } from './words.js'

window.htmx = htmx
htmx.config.includeIndicatorCSS = false
htmx.config.noSwap = [204, 304, 400, 401, 403, 404, 405, 413, 429, '5xx'] // 409 and 422 carry a piece to show
htmx.config.defaultFocusScroll = false

const SAFE = ['GET', 'HEAD', 'OPTIONS']

document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  if (SAFE.includes(ctx.request.method)) return
  ctx.request.headers['X-CSRFToken'] = document.querySelector('meta[name=csrf-token]')?.content ?? ''
})

// A session that ended answers with the sign-in page: go there instead of swapping it into a corner.
document.addEventListener('htmx:before:response', (event) => {
  const { raw } = event.detail.ctx.response
  if (!raw.redirected || !new URL(raw.url).pathname.startsWith('/accounts/login')) return
  event.preventDefault()
  const back = encodeURIComponent(location.pathname + location.search)
  location.assign(`/accounts/login/?next=${back}`)
})

document.addEventListener('htmx:response:error', ({ detail: { ctx } }) => {
  const { status, headers } = ctx.response
  if (status === 409 || status === 422 || ctx.hx?.trigger?.includes('toast')) return
  const plain = headers.get('content-type')?.startsWith('text/plain') && ctx.text.length < 300
  toast({ text: plain ? ctx.text : words[`error${status}`] ?? words.error, tone: 'bad' })
})

document.addEventListener('htmx:error', ({ detail }) => {
  if (!detail.ctx) return console.error(detail.error)
  toast({ text: navigator.onLine ? words.error : words.offline, tone: 'bad' })
})

// What changed is said: an element with [data-live] inside the swapped piece is read out.
document.addEventListener('htmx:after:swap', () => {
  const note = document.querySelector('[data-live]:not([data-said])')
  const live = document.getElementById('live')
  if (!note || !live) return
  note.dataset.said = ''
  live.textContent = note.dataset.live || note.textContent
})
