// What a form does beyond HTML, on our pages and in a shadow tree: conditions, steps in place, proof of work, counting.
import { counting } from './count.js'

const controls = 'input,select,textarea'

export function conditions(form) {
  for (const part of form.querySelectorAll('[data-show]')) {
    const [name, wanted, unless] = JSON.parse(part.dataset.show)
    const told = new FormData(form).getAll(name).filter(Boolean)
    const shown = (wanted.length ? told.some((value) => wanted.includes(value)) : told.length > 0) !== unless
    part.hidden = !shown
    for (const control of part.querySelectorAll(controls)) control.disabled = !shown
  }
}

export function rest(form, resting) {
  form.ariaBusy = String(resting)
  for (const button of form.querySelectorAll('button')) button.disabled = resting
}

// Brings a form to life inside `holder`, whose content each answer replaces. always: send by script even without steps.
export function enliven(form, holder, { always, more, prove, done }) {
  const seen = counting(form)
  const again = () => conditions(form)
  form.addEventListener('input', again)
  form.addEventListener('change', again)
  again()
  let proof = form.dataset.proof && prove(form.dataset.proof)

  async function send(submitter) {
    const body = new FormData(form, submitter)
    for (const [name, value] of Object.entries({ piece: 1, ...more?.() })) body.set(name, value)
    rest(form, true)
    try {
      if (proof) body.set('proof', await proof)
      const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } })
      show(await answer.json(), !!proof)
    } catch {
      rest(form, false)
      form.submit() // the answer cannot be read: a page is better than nothing
    }
  }

  function show(said, proven) {
    if (!said.html) {
      rest(form, false)
      form.querySelector('[data-errors]')?.remove()
      form.insertAdjacentHTML('afterbegin', '<p class="errors" role="alert" tabindex="-1" data-errors></p>')
      const line = form.firstChild
      line.textContent = said.message
      return line.focus()
    }
    seen.sent(said.done)
    if (said.done) done?.(said)
    if (said.go) return location.assign(said.go)
    holder.innerHTML = said.html
    holder.querySelector('[data-thanks],[data-errors],[data-step-title]')?.focus()
    if (said.done) return
    const next = holder.querySelector('form')
    const live = enliven(next, holder, { always, more, prove, done })
    if (next.dataset.proof && !proven) live.send()
  }

  form.addEventListener('submit', (event) => {
    if (!always && !('steps' in form.dataset) && !form.dataset.proof) return seen.sent(true)
    event.preventDefault()
    send(event.submitter)
  })
  return { send }
}
