// Tells the server that this thread has been read, and for how long it was looked at.

const form = document.getElementById("seen")
const posts = new Set()
let shownAt = document.visibilityState === "visible" ? performance.now() : null
let looked = 0

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) posts.add(target.id)
})
for (const post of document.querySelectorAll(".post[id], .comment[id]")) watcher.observe(post)

function tell() {
  if (shownAt !== null) looked += performance.now() - shownAt
  shownAt = document.visibilityState === "visible" ? performance.now() : null
  const said = new FormData(form)
  said.set("posts", posts.size)
  said.set("seconds", Math.round(looked / 1000))
  looked = 0
  fetch(form.action, { method: "POST", body: said, keepalive: true, headers: { "HX-Request": "true" } })
}

// Who only passes through has not read it.
setTimeout(() => { if (document.visibilityState === "visible") tell() }, form.dataset.unread ? 300 : 2000)
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") tell()
  else shownAt = performance.now()
})
