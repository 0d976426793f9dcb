// Search boxes offer titles, products and tags while one types; results tell which of them was opened.
// The list's code is fetched when somebody first goes to a box. Without JavaScript a search is a plain form, and browsers
// that know “ping” tell of opened results by themselves.

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("input[data-complete]:not([role])")) start(target)
})

async function start(field) {
  field.setAttribute("role", "combobox")
  field.setAttribute("aria-expanded", "false")
  wear(new URL("../css/writing.css", import.meta.url))
  const { complete, lookUp } = await import("./completing.js")
  const { look } = complete(field, {
    wanted: () => (field.value.trim().length > 1 ? { query: field.value } : null),
    load: (query) => lookUp(field.dataset.complete, query),
    choose: (choice) => location.assign(choice.value),
  })
  field.nextElementSibling.style.inlineSize = "100%" // the list
  if (field.value !== field.defaultValue) look()
}

// Most pages have no use for the list's styles.
function wear(href) {
  if (document.querySelector('link[href*="css/writing"]')) return
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }))
}

for (const kind of ["click", "auxclick"]) {
  document.addEventListener(kind, ({ target, button }) => {
    const link = button < 2 && target.closest("a[ping]")
    if (!link || !navigator.sendBeacon) return
    navigator.sendBeacon(link.ping)
    link.removeAttribute("ping")
  })
}
