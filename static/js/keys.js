// Keys for pages that are worked through, like the staff desk. The page names them:
//   data-key="r"        this link, button or field answers to r
//   data-key-list       a list in which j and k walk from one [data-key-item] to the next; Enter opens it
// Keys are never taken while somebody writes, nor together with Ctrl, Alt or Command.

const isWriting = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  if (event.key === "Escape" && isWriting(event.target)) return event.target.blur()
  if (isWriting(event.target)) return
  const dialog = document.querySelector("dialog[open]")
  if (dialog) return dialog.dataset.key === event.key && dialog.close()
  if (event.key === "j" || event.key === "k") return walk(event, event.key === "j" ? 1 : -1)
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
  if (!target) return
  event.preventDefault()
  if (target.matches("details")) toggle(target)
  else if (target.matches("dialog")) target.open ? target.close() : target.showModal()
  else if (target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) target.focus()
  else target.click()
})

// What opens by a key is gone into by the same key; Escape leads back out (site.js)
function toggle(fold) {
  fold.open = !fold.open
  const fields = ":scope > :not(summary) :is(input:not([type=hidden]), select, textarea, button, a)"
  if (fold.open) (fold.querySelector(":scope > :not(summary) input:checked") ?? fold.querySelector(fields))?.focus()
  else fold.querySelector("summary").focus()
}

function walk(event, step) {
  const items = [...document.querySelectorAll("[data-key-list] [data-key-item]")]
  if (!items.length) return
  event.preventDefault()
  const chosen = items.indexOf(document.activeElement)
  const current = chosen >= 0 ? chosen : items.findIndex((item) => item.hasAttribute("aria-current"))
  const next = items[Math.min(items.length - 1, Math.max(0, current + step))]
  next.focus()
  next.scrollIntoView({ block: "nearest" })
}
