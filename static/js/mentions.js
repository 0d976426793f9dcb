// “@” and a few letters offer the people meant: first those who take part here.
import { complete, lookUp } from "./completing.js"

const BEGUN = /(?:^|[\s(>])@([\w.-]{0,30})$/

export function startMentions(area, address) {
  return complete(area, {
    isFirstChosen: true,
    wanted: () => {
      const to = area.selectionEnd
      const begun = BEGUN.exec(area.value.slice(0, to))
      return begun && { query: begun[1], from: to - begun[1].length, to }
    },
    load: (query) => lookUp(address, query),
    fits: ({ value, label }, query) => `${value} ${label}`.toLowerCase().includes(query.toLowerCase()),
    choose: (choice, { from, to }) => {
      area.setRangeText(`${choice.value} `, from, to, "end")
      area.dispatchEvent(new Event("input", { bubbles: true }))
    },
    place: underCursor,
  })
}

const SHARED = ["boxSizing", "inlineSize", "font", "letterSpacing", "lineHeight", "padding", "border", "textIndent", "tabSize"]

// A copy of the text up to the cursor says where the cursor is.
function underCursor(area) {
  const copy = document.createElement("div")
  const end = document.createElement("span")
  const style = getComputedStyle(area)
  for (const name of SHARED) copy.style[name] = style[name]
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" })
  copy.textContent = area.value.slice(0, area.selectionEnd)
  end.textContent = "​"
  copy.append(end)
  area.after(copy)
  const left = Math.max(0, Math.min(end.offsetLeft, area.clientWidth - 240))
  const top = end.offsetTop + end.offsetHeight - area.scrollTop
  copy.remove()
  return { left: area.offsetLeft + left, top: area.offsetTop + Math.min(top, area.clientHeight) }
}
