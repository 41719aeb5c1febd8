// Computes a proof of work: in a worker on our own pages, in slices on those of others, where no worker of ours may run.
export const inWorker = (url) => (challenge) => new Promise((done) => {
  const worker = new Worker(url)
  worker.onmessage = (event) => done(event.data)
  worker.onerror = () => done('')
  worker.postMessage(challenge)
})
export const inSlices = (src) => (challenge) => new Promise((done) => {
  const onload = () => window.reifProof(challenge).then(done)
  document.head.append(Object.assign(document.createElement('script'), { src, onload, onerror: () => done('') }))
})
