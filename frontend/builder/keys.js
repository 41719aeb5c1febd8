// Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) undo and redo on the server, unless a field still has letters of its own to undo.
export function keys(builder) {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || !(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    if (key === 's') { event.preventDefault(); builder.save(); return }
    const way = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : ''
    if (!way || !builder.isConnected) return
    if (builder.dirty && event.target.matches('input, textarea')) return
    event.preventDefault()
    builder.step(way)
  })
}
