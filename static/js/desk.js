// The desk's own comfort: the open conversation stays in view of its queue, “r” in the queue lands in the reply, and
// buttons open the dialog that they name. Keys are keys.js's, the queue's rows queue.js's.

document.querySelector("[data-key-item][aria-current]")?.closest("li").scrollIntoView({ block: "center" })
const pane = document.querySelector(".desk__pane")
if (pane && !location.hash) scrollTo({ top: 0 })
if (location.hash === "#reply") document.querySelector('#reply [data-key="r"], [data-key="r"]')?.focus()

for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal())
}
