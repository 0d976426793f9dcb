// Shows what customers say of a product where this script stands. docs/widget.md is for shops.
// It asks for one file, keeps nothing, and has nothing to choose but product, place and light or dark.
(() => {
  const script = document.currentScript
  const { product, sku, target, theme } = script.dataset
  const usual = 560 // pixels, where the shop has kept no room

  const place = () => {
    if (target) return document.getElementById(target)
    return script.parentNode.insertBefore(document.createElement("div"), script.nextSibling)
  }

  // Shops that allow no text to become HTML (Trusted Types) allow this policy by its name.
  const trusted = (html) =>
    window.trustedTypes ? trustedTypes.createPolicy("second-conversation", { createHTML: () => html }).createHTML("") : html

  const show = async () => {
    const host = place()
    if (!host || host.shadowRoot) return
    const key = sku ? `sku/${encodeURIComponent(sku)}` : encodeURIComponent(product)
    const { css, html } = (await import(new URL(`v1/${key}.js`, script.src))).default
    const room = host.offsetHeight
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`${css}:host{block-size:${room < 200 ? usual : room}px}`)
    const root = host.attachShadow({ mode: "open" })
    root.adoptedStyleSheets = [sheet]
    root.innerHTML = trusted(html)
    if (theme) root.firstElementChild.dataset.theme = theme
  }

  // Whatever goes wrong, what stood there stays: a link to the reviews.
  const start = () => show().catch((problem) => console.info("Reviews are not shown:", problem.message))
  if (document.readyState === "loading" && target && !document.getElementById(target)) {
    addEventListener("DOMContentLoaded", start)
  } else start()
})()
