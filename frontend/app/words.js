// The sentences that scripts say, in the language of the page: <script type="application/json" id="words">.
const source = document.getElementById('words')
export const words = source ? JSON.parse(source.textContent) : {}
export const language = document.documentElement.lang || 'en'
