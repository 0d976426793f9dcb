// The desk's own comfort: the open conversation stays in view of its queue, “r” in the queue lands in the reply, and
// buttons open the dialog that they name. Keys are keys.js's, the queue's rows queue.js's.

document.querySelector("[data-key-item][aria-current]")?.closest("li").scrollIntoView({ block: "center" })
const pane = document.querySelector(".desk__pane")
if (pane && !location.hash) scrollTo({ top: 0 })
// after the browser has gone to the fragment, which takes the focus with it
const write = () => setTimeout(() => document.querySelector('[data-key="r"]')?.focus(), 50)
if (location.hash === "#reply") document.readyState === "complete" ? write() : addEventListener("load", write)

for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal())
}
