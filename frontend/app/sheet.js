// A <dialog data-open-now> that arrives in a swap opens at once and goes when it is closed. "sheet:close" on the body closes it.
const arrived = () => {
  for (const dialog of document.querySelectorAll('dialog[data-open-now]:not([open])')) {
    dialog.addEventListener('close', () => dialog.remove(), { once: true })
    dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close() })
    dialog.showModal()
  }
}

document.addEventListener('htmx:after:swap', arrived)
document.addEventListener('sheet:close', () => document.querySelectorAll('dialog[data-open-now]').forEach((dialog) => dialog.close()))
