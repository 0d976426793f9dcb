// Quoting: what is selected in a post, or the whole post, goes into the answer with a link to where it was said.

export function startQuoting(area, insert) {
  const floating = button("Quote")
  floating.className = "button button--small button--primary quote-floating"
  floating.hidden = true
  document.body.append(floating)
  for (const post of document.querySelectorAll(".post")) offer(post, area, insert)

  const follow = () => {
    const range = selected()
    floating.hidden = !range
    if (!range) return
    const box = range.getBoundingClientRect()
    floating.style.insetInlineStart = `${Math.max(8, Math.min(box.left, innerWidth - 96))}px`
    floating.style.insetBlockStart = `${Math.max(8, Math.min(box.bottom + 6, innerHeight - 52))}px`
  }
  document.addEventListener("selectionchange", follow)
  follow() // who selected while this was on its way
  addEventListener("scroll", () => { floating.hidden = true }, { passive: true })
  floating.addEventListener("pointerdown", (event) => event.preventDefault()) // the selection stays
  floating.addEventListener("click", () => {
    const range = selected()
    if (range) quote(prose(range), String(getSelection()), insert)
    getSelection().removeAllRanges()
  })
}

// In the post's menu, or among its buttons if it has none.
function offer(post, area, insert) {
  const text = post.querySelector(".post__body > .prose")
  const acts = post.querySelector(".post__actions")
  if (!text || !acts) return
  const menu = acts.querySelector(".menu__body")
  const made = button("Quote")
  if (!menu) made.className = "quote-whole button button--small button--plain"
  made.addEventListener("click", () => {
    const range = selected()
    const isHere = range && post.contains(range.startContainer)
    made.closest("details")?.removeAttribute("open")
    quote(isHere ? prose(range) : text, isHere ? String(getSelection()) : text.innerText, insert)
  })
  ;(menu ?? acts).append(made)
}

// What is selected, if all of it is in the text of one post or comment.
function selected() {
  const selection = getSelection()
  if (!selection.rangeCount || !String(selection).trim()) return null
  const range = selection.getRangeAt(0)
  const text = prose(range)
  if (!text) return null
  const inside = range.cloneRange()
  if (!text.contains(range.endContainer)) inside.setEnd(text, text.childNodes.length) // three clicks reach into what follows
  return inside.toString().trim() === range.toString().trim() ? range : null
}

function prose(range) {
  const start = range.startContainer
  return (start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement).closest(".post .prose")
}

function quote(text, words, insert) {
  const said = text.closest(".comment") ?? text.closest(".post")
  const link = [...said.querySelectorAll("a[href^='/posts/']")].find((one) => /^\/posts\/\d+\/$/.test(one.getAttribute("href")))
  const name = (said.querySelector(":scope > .meta > span:first-of-type, :scope > .post__by .post__name")?.textContent ?? "").trim()
  const lines = words.trim().split("\n").map((line) => `> ${line}`.trimEnd())
  const who = name.replace(/[\\[\]]/g, "\\$&")
  lines.push(">", link ? `> — [${who || "Source"}](${link.getAttribute("href")})` : `> — ${who}`)
  insert(`${lines.join("\n")}\n`)
}

function button(words) {
  return Object.assign(document.createElement("button"), { type: "button", textContent: words })
}
