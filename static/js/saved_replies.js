// Saved replies in a form that says where to look for them (data-saved-url): “/” in its text offers them.
import { complete, lookUp } from "./completing.js"

const BEGUN = /(?:^|\s)\/([\p{L}\p{N}][\p{L}\p{N} -]{0,29})?$/u

for (const form of document.querySelectorAll("form[data-saved-url]")) start(form)

function start(form) {
  const area = form.querySelector("textarea")
  complete(area, {
    isFirstChosen: true,
    wanted: () => {
      const to = area.selectionEnd
      const begun = BEGUN.exec(area.value.slice(0, to))
      return begun && { query: begun[1] ?? "", from: to - (begun[1]?.length ?? 0) - 1, to }
    },
    load: (query) => lookUp(form.dataset.savedUrl, query),
    choose: (choice, { from, to }) => {
      area.setRangeText("", from, to, "end")
      use(form, choice.value, choice.text)
    },
  })
}

// Puts `text` where the cursor is, and notes with the form where it came from.
export function use(form, name, text) {
  const area = form.querySelector("textarea")
  const drafts = form.querySelector("[name$=drafts]")
  drafts.value = `${drafts.value} ${name}`.trim()
  const at = area.selectionEnd
  const gap = at > 0 && text && !/\n\s*$/.test(area.value.slice(0, at)) && !/\s$/.test(area.value.slice(0, at)) ? "\n\n" : ""
  area.focus()
  if (text) area.setRangeText(`${gap}${text}`, at, at, "end")
  area.dispatchEvent(new Event("input", { bubbles: true }))
}
