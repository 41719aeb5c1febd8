// The page's own colours, resolved to something an SVG attribute understands.
const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

function plain(colour) {
  probe.clearRect(0, 0, 1, 1)
  probe.fillStyle = colour
  probe.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha] = probe.getImageData(0, 0, 1, 1).data
  return `rgba(${red},${green},${blue},${(alpha / 255).toFixed(3)})`
}

export function colours(element) {
  const style = getComputedStyle(element)
  const named = (name) => plain(style.getPropertyValue(`--${name}`).trim())
  return {
    series: [1, 2, 3, 4, 5, 6].map((number) => named(`chart-${number}`)),
    text: named('foreground'), soft: named('muted-foreground'), line: named('line'), border: named('border'),
    paper: named('card'), float: named('popover'), accent: named('primary'), of: plain,
    font: style.fontFamily,
  }
}
