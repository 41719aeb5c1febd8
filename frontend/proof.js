// Finds the number that a form asks for (ALTCHA's first scheme: SHA-256 of salt and number). Works without
// crypto.subtle, so also on plain http. In a worker it answers a message; on a page it is `reifProof(challenge)`.
const K = new Uint32Array(64)
const START = new Uint32Array(8)
for (let n = 2, found = 0; found < 64; n++) {
  let prime = true
  for (let i = 2; i * i <= n; i++) if (n % i == 0) prime = false
  if (!prime) continue
  if (found < 8) START[found] = (n ** 0.5 % 1) * 2 ** 32
  K[found++] = (n ** (1 / 3) % 1) * 2 ** 32
}
const turn = (x, n) => (x >>> n) | (x << (32 - n))
const W = new Uint32Array(64)

function sha256(text) {
  const bytes = new TextEncoder().encode(text)
  const blocks = ((bytes.length + 8) >> 6) + 1
  const padded = new DataView(new ArrayBuffer(blocks * 64))
  bytes.forEach((byte, i) => padded.setUint8(i, byte))
  padded.setUint8(bytes.length, 128)
  padded.setUint32(blocks * 64 - 4, bytes.length * 8)
  const h = Uint32Array.from(START)
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) W[i] = padded.getUint32(block * 64 + i * 4)
      else {
        const a = W[i - 15], b = W[i - 2]
        W[i] = W[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + W[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
      }
    }
    let [a, b, c, d, e, f, g, last] = h
    for (let i = 0; i < 64; i++) {
      const one = (last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      last = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0
    }
    const sums = [a, b, c, d, e, f, g, last]
    sums.forEach((value, i) => { h[i] += value })
  }
  return [...h].map((part) => part.toString(16).padStart(8, '0')).join('')
}

async function solve(text) {
  const told = JSON.parse(text)
  for (let number = 0; number <= told.maxnumber; number++) {
    if (sha256(told.salt + number) == told.challenge) {
      const { algorithm, challenge, salt, signature } = told
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }))
    }
    if (self.document && number % 1500 == 1499) await new Promise((next) => setTimeout(next))
  }
  return ''
}

if (self.document) self.reifProof = solve
else self.onmessage = async (event) => self.postMessage(await solve(event.data))
