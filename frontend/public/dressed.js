// A shadow for one of our parts on a foreign page, with its style sheet in it: neither page nor part can spoil the other.
export async function dressed(host, sheet, ...content) {
  const answer = await fetch(`${window.reif.base}/static/dist/${sheet}`, { credentials: 'omit' })
  const looks = new CSSStyleSheet()
  looks.replaceSync(await answer.text())
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [looks]
  root.append(...content)
  return host
}
