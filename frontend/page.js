// What two kinds of block add to a page: a countdown that ticks, and a video that asks before it is loaded from elsewhere.
const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR

for (const time of document.querySelectorAll('time[data-countdown]')) {
  const box = time.closest('.countdown')
  const place = box.querySelector('.countdown-left')
  const end = new Date(time.dateTime).getTime()
  const units = [['days', DAY], ['hours', HOUR], ['minutes', MINUTE], ['seconds', SECOND]]
  const cells = units.map(([name]) => {
    const cell = document.createElement('span')
    cell.append(document.createElement('b'), ` ${place.dataset[name]}`)
    place.append(cell)
    return cell.firstChild
  })
  const tick = () => {
    let left = end - Date.now()
    if (left <= 0) return over(box)
    units.forEach(([, size], n) => {
      const number = Math.floor(left / size)
      left -= number * size
      cells[n].textContent = String(number).padStart(n ? 2 : 1, '0')
    })
    setTimeout(tick, SECOND - (Date.now() % SECOND))
  }
  place.hidden = false
  tick()
}

function over(box) {
  const words = box.querySelector('.countdown-over')
  if (!words.textContent.trim()) return box.closest('section').remove()
  for (const child of box.children) child.hidden = child !== words
}

for (const film of document.querySelectorAll('[data-film]')) {
  const ask = film.querySelector('.film-ask')
  const play = film.querySelector('.film-play')
  play.addEventListener('click', (event) => {
    event.preventDefault()
    ask.hidden = false
    play.hidden = true
    ask.querySelector('button').focus()
  })
  ask.querySelector('button').addEventListener('click', () => {
    const frame = document.createElement('iframe')
    Object.assign(frame, { src: film.dataset.film, title: film.dataset.title, allow: 'autoplay; fullscreen; picture-in-picture', referrerPolicy: 'strict-origin-when-cross-origin' })
    film.replaceChildren(frame)
    frame.focus()
  })
}
