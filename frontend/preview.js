// Inside the preview's frame: a click chooses a block, and new HTML replaces what is different. It listens to the page around it alone.
const sheet = new CSSStyleSheet()
sheet.replaceSync(`
  [data-block] { cursor: pointer; position: relative; }
  [data-block]:hover { outline: 2px solid oklch(0.6 0.13 350 / 55%); outline-offset: -2px; }
  [data-block].chosen { outline: 2.5px solid oklch(0.6 0.16 350); outline-offset: -2.5px; }
  html { scroll-behavior: smooth; }
  @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`)
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]

const home = location.origin // of the address: this document's own origin is opaque
const tell = (message) => parent.postMessage(message, home)
let chosen = ''

document.addEventListener('click', (event) => {
  event.preventDefault()
  const block = event.target.closest('[data-block]')
  if (block) tell({ reif: 'select', id: block.dataset.block })
}, true)
document.addEventListener('submit', (event) => event.preventDefault(), true)
document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
  event.preventDefault()
  tell({ reif: 'key', way: event.shiftKey ? 'redo' : 'undo' })
})

addEventListener('message', (event) => {
  if (event.source !== parent || event.origin !== home) return
  const { reif, html, id, scroll } = event.data
  if (reif === 'html') show(html)
  if (id !== undefined) choose(id, scroll)
})

function show(html) {
  const main = document.querySelector('main')
  const made = document.createElement('template')
  made.innerHTML = html
  const old = new Map([...main.children].map((child) => [child.dataset.block, child]))
  const bare = (element) => element.outerHTML.replace(/ chosen(?=[" ])|name="ticket" value="[^"]*"/g, '').replace('class=""', '')
  main.replaceChildren(...[...made.content.children].map((child) => {
    const was = old.get(child.dataset.block)
    return was && bare(was) === bare(child) ? was : child
  }))
}

function choose(id, scroll) {
  chosen = id
  for (const block of document.querySelectorAll('[data-block]')) block.classList.toggle('chosen', block.dataset.block === chosen)
  const block = document.querySelector(`[data-block="${CSS.escape(chosen)}"]`)
  if (scroll && block) block.scrollIntoView({ block: block.offsetHeight > innerHeight ? 'start' : 'center' })
}

tell({ reif: 'ready' })
