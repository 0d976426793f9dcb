// What every page gains from JavaScript; without it every page works the same, only slower.

const SENDING = "data-sending"

// One click, one act: a form that is on its way is not sent again.
document.addEventListener("submit", (event) => {
  const form = event.target
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm
  if (question && !window.confirm(question)) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  if (form.method !== "post") return
  if (!navigator.onLine) {
    event.preventDefault()
    event.stopImmediatePropagation()
    sayOffline(event.submitter ?? form)
    return
  }
  if (form.hasAttribute(SENDING)) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  form.setAttribute(SENDING, "")
  // After the browser has read the pressed button's name and value.
  setTimeout(() => markButtons(form, true))
}, { capture: true })

// The browser's own error page would take the place of what somebody wrote: here it stays until the line is back.
function sayOffline(sender) {
  const note = document.querySelector("[data-offline]") ?? document.createElement("p")
  note.dataset.offline = ""
  note.className = "alert alert--warning"
  note.setAttribute("role", "alert")
  note.textContent = "You are offline. Nothing is lost: try again once you are connected."
  const row = sender.closest(".form__actions, .post__actions, .votes") ?? sender
  row.after(note)
  addEventListener("online", () => note.remove(), { once: true })
}

function release(form) {
  form.removeAttribute(SENDING)
  markButtons(form, false)
}

function markButtons(form, isSending) {
  for (const button of form.elements) {
    if (!button.matches("button:not([type=button])")) continue
    if (isSending) button.setAttribute("aria-disabled", "true")
    else button.removeAttribute("aria-disabled")
  }
}

// Coming back to a page, or an answer to htmx, opens the form again.
addEventListener("pageshow", () => document.querySelectorAll(`form[${SENDING}]`).forEach(release))
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form")
  if (form) release(form)
})
// A refused act (403, 409, 429…) still has something to say: let htmx show it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail
  if ([400, 403, 409, 422, 429].includes(xhr.status) && xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true
})

// A vote is counted where it stands: htmx, where the page has it, swaps the pair of buttons.
document.addEventListener("submit", (event) => {
  const pair = event.submitter?.closest(".votes")
  if (!pair || !window.htmx) return
  event.preventDefault()
  const { id, formAction } = event.submitter
  const values = Object.fromEntries(new FormData(event.target))
  window.htmx.ajax("POST", formAction, { source: pair, target: pair, swap: "outerHTML", values }).then(() => {
    release(event.target)
    if (id) document.getElementById(id)?.focus()
  })
})

// A link to a comment that is folded away opens the fold.
function unfold() {
  const fold = location.hash && document.getElementById(location.hash.slice(1))?.closest("details:not([open])")
  if (!fold) return
  fold.open = true
  document.getElementById(location.hash.slice(1)).scrollIntoView()
}
addEventListener("hashchange", unfold)
unfold()

// Menus close on Escape and on a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false
  }
})
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  const menu = document.querySelector("details.menu[open]")
  if (!menu) return
  menu.open = false
  menu.querySelector("summary").focus()
})

// A text with a limit says how much room is left once it is nearly full.
const NEARLY = 0.8

function count(area) {
  const limit = area.maxLength
  let line = area.countLine
  if (!line) {
    line = document.createElement("p")
    line.className = "field__count"
    line.setAttribute("role", "status")
    area.closest(".field")?.append(line)
    area.countLine = line
  }
  const left = limit - area.value.length
  line.hidden = area.value.length < limit * NEARLY
  line.textContent = line.hidden ? "" : `${left.toLocaleString("en")} characters left`
}

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[maxlength], input[type=text][maxlength]")) count(event.target)
})

// A refused form opens at what has to be mended.
document.querySelector("[data-focus]")?.focus()

// Light, dark or as the device says.
for (const group of document.querySelectorAll("[data-theme-switch]")) {
  const buttons = [...group.querySelectorAll("button")]
  const show = () => {
    const now = document.documentElement.dataset.theme ?? ""
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.theme === now))
  }
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const chosen = button.dataset.theme
      try {
        if (chosen) localStorage.setItem("theme", chosen)
        else localStorage.removeItem("theme")
      } catch {
        // Storage is closed to us: the choice holds for this page.
      }
      if (chosen) document.documentElement.dataset.theme = chosen
      else delete document.documentElement.dataset.theme
      show()
    })
  }
  show()
  group.hidden = false
}

// Without a connection a form would lose its text: say so, and keep the text.
function tellConnection() {
  document.querySelector("[data-offline]")?.remove()
  if (navigator.onLine) return
  const bar = document.createElement("p")
  bar.className = "offline"
  bar.dataset.offline = ""
  bar.setAttribute("role", "status")
  bar.textContent = "You are offline. What you write stays here; send it when the connection is back."
  document.body.prepend(bar)
}
addEventListener("online", tellConnection)
addEventListener("offline", tellConnection)
tellConnection()
