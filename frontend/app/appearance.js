// Theme, density, the narrow sidebar and the keyboard switch: applied at once, remembered in a cookie, the server sets them next time.
const root = document.documentElement
const remember = (name, value) => {
  const secure = location.protocol === 'https:' ? ';secure' : ''
  document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax${secure}`
}

const apply = {
  theme(value) {
    root.dataset.theme = value
    root.classList.toggle('dark', value === 'dark' || (value === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches))
    document.dispatchEvent(new CustomEvent('reif:theme'))
  },
  density(value) { root.dataset.density = value },
  rail(value) { root.dataset.rail = value },
  shortcuts(value) { root.dataset.shortcuts = value },
}

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-appearance]')
  if (!button) return
  event.preventDefault()
  const [name, value] = button.dataset.appearance.split(':')
  const next = value === 'toggle' ? (root.dataset[name] === 'on' ? 'off' : 'on') : value
  apply[name](next)
  remember(name, next)
  for (const other of document.querySelectorAll(`[data-appearance^="${name}:"]`)) {
    const on = String(value === 'toggle' ? next === 'on' : other.dataset.appearance === button.dataset.appearance)
    if (other.role?.startsWith('menuitem')) other.ariaChecked = on
    else other.ariaPressed = on
  }
})
