// The sentences that scripts say, in the language of the page: <script type="application/json" id="words">.
const source = document.getElementById('words')
export const words = source ? JSON.parse(source.textContent) : {}

// Numbers and dates as the server writes them: German with the Swiss apostrophe.
const WRITTEN = { de: 'de-CH', en: 'en-GB' }
export const language = WRITTEN[document.documentElement.lang] ?? document.documentElement.lang ?? 'en-GB'
