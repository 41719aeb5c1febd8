// The numbers in the navigation follow the page: an event with the name of an entry ("inbox") asks for its number anew.
const counted = () => [...document.querySelectorAll('[data-count]')]

async function ask(key) {
  const answer = await fetch(`/counts/${key}`, { headers: { 'HX-Request': 'true' } })
  if (!answer.ok || answer.redirected) return
  const text = (await answer.text()).trim()
  for (const place of counted()) if (place.dataset.count === key) place.textContent = text
}

for (const key of new Set(counted().map((place) => place.dataset.count))) document.body.addEventListener(key, () => ask(key))
