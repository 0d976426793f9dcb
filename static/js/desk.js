// The desk's own comfort: the chosen conversation stays in view of its queue. Keys are keys.js's.

document.querySelector(".desk__queue [aria-current]")?.closest("li").scrollIntoView({ block: "center" })
const pane = document.querySelector(".desk__pane")
if (pane && !location.hash) scrollTo({ top: 0 })
