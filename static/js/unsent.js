// What somebody who is not signed in typed into a form, kept in their own browser alone for a week or until it is sent.

const WEEK = 7 * 24 * 3600 * 1000
const PAUSE = 500
const NEVER_KEPT = ["csrfmiddlewaretoken", "submission_key", "base_version", "product"]

export function startUnsent(form) {
  const key = `unsent:${form.dataset.unsent}`
  if (!document.querySelector(".error-summary")) putBack(form, read(key))
  let timer
  form.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(() => keep(key, form), PAUSE)
  })
  form.addEventListener("submit", () => {
    clearTimeout(timer)
    keep(key, null)
  })
}

function keep(key, form) {
  try {
    if (!form) return localStorage.removeItem(key)
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER_KEPT.includes(name))
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }))
    say(form, "Kept in this browser until you send it.")
  } catch {
    // A browser that keeps nothing still sends the form.
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key))
    if (kept && Date.now() - kept.at < WEEK) return kept.fields
    localStorage.removeItem(key)
  } catch {
    return null
  }
  return null
}

function putBack(form, fields) {
  const isFilled = form.elements.title?.value || form.elements.body?.value
  if (!fields || isFilled) return
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name)
    if (field) field.value = value
  }
  say(form, "What you wrote here before is back.")
}

function say(form, text) {
  const status = form.querySelector("[data-editor-status]")
  if (status) status.textContent = text
}
