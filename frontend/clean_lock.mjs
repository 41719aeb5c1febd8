// Strips every web address (funding links) from package-lock.json: `npm run lock` after changing package.json.
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))
for (const entry of Object.values(lock.packages)) {
  delete entry.funding
  delete entry.resolved
  delete entry.deprecated
}
const text = JSON.stringify(lock, null, 2) + '\n'
if (/https?:\/\//.test(text)) throw new Error('package-lock.json still names a web address')
writeFileSync(path, text)
