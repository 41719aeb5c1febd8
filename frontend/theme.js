// Runs before the first paint, so that "like the system" never flashes: the server has set every other choice.
const root = document.documentElement
if (root.dataset.theme === 'auto') {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => root.dataset.theme === 'auto' && root.classList.toggle('dark', dark.matches)
  dark.addEventListener('change', follow)
  follow()
}
