// Photos, large: arrows and swipes walk through a group, Escape closes, and what was pressed has the focus again.
// A group is a list marked data-lightbox, or the photos of one review. Without JavaScript each is a plain link.

const GROUPS = "[data-lightbox], .post .photos"
const LINKS = "a[data-large], .photos a"
const SWIPE = 40 // pixels

let dialog
let shown

document.addEventListener("click", (event) => {
  const link = event.target.closest(LINKS)
  const group = link?.closest(GROUPS)
  if (!group || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  const links = [...group.querySelectorAll(LINKS)]
  open(links, links.indexOf(link), group.dataset.lightbox ?? "Photos of this review")
})

function open(links, at, name) {
  dialog ??= build()
  dialog.setAttribute("aria-label", name)
  shown = { links, at, opener: links[at] }
  dialog.showModal()
  show(at)
  part("close").focus()
}

function show(at) {
  const { links } = shown
  shown.at = (at + links.length) % links.length
  const link = links[shown.at]
  const small = link.querySelector("img")
  const large = part("picture")
  large.src = link.dataset.large ?? link.href
  large.alt = small.alt
  large.width = link.dataset.width ?? small.getAttribute("width")
  large.height = link.dataset.height ?? small.getAttribute("height")
  const post = link.closest(".post")
  const review = link.dataset.large ? link.href : post?.querySelector(".review__title a")?.href
  part("caption").textContent = link.dataset.caption ?? post?.querySelector(".review__title, h1")?.textContent ?? ""
  part("by").textContent = link.dataset.by ?? ""
  part("review").hidden = !review
  if (review) part("review").href = review
  part("count").textContent = `${shown.at + 1} of ${links.length}`
  part("back").hidden = part("on").hidden = links.length < 2
}

function build() {
  const made = document.createElement("dialog")
  made.className = "lightbox"
  made.innerHTML = `
    <div class="lightbox__bar"><p data-part="count" class="num" role="status"></p><button type="button" class="button" data-part="close">Close</button></div>
    <div class="lightbox__stage">
      <button type="button" class="button" data-part="back" aria-label="Previous photo">‹</button>
      <img data-part="picture" alt="">
      <button type="button" class="button" data-part="on" aria-label="Next photo">›</button>
    </div>
    <p class="lightbox__caption"><strong data-part="caption"></strong> <span class="meta" data-part="by"></span> <a data-part="review">Read the review</a></p>`
  document.body.append(made)
  const on = (name, act) => made.querySelector(`[data-part=${name}]`).addEventListener("click", act)
  on("close", () => made.close())
  on("back", () => show(shown.at - 1))
  on("on", () => show(shown.at + 1))
  made.addEventListener("click", (event) => { if (event.target === made) made.close() })
  made.addEventListener("close", () => shown.opener.focus())
  made.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return
    event.preventDefault()
    show(shown.at + (event.key === "ArrowRight" ? 1 : -1))
  })
  let start = null
  made.addEventListener("pointerdown", (event) => { start = event.clientX })
  made.addEventListener("pointerup", (event) => {
    const far = start === null ? 0 : event.clientX - start
    start = null
    if (Math.abs(far) > SWIPE && event.pointerType !== "mouse") show(shown.at + (far < 0 ? 1 : -1))
  })
  return made
}

function part(name) {
  return dialog.querySelector(`[data-part=${name}]`)
}
