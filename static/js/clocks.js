// Clocks that count down while somebody looks. The page is drawn with the right words; these are the same words later.
//   <time class="clock clock--ok" datetime="due" data-soon="when it turns pressing"><svg>…<span>2 h 05 min left</span>

const MINUTE = 60, HOUR = 3600, DAY = 86400

function words(seconds) {
  const word = seconds >= 0 ? "left" : "late"
  const gone = Math.abs(seconds)
  if (gone < MINUTE) return "due now"
  if (gone < HOUR) return `${Math.floor(gone / MINUTE)} min ${word}`
  if (gone < 2 * DAY) return `${Math.floor(gone / HOUR)} h ${String(Math.floor((gone % HOUR) / MINUTE)).padStart(2, "0")} min ${word}`
  return `${Math.floor(gone / DAY)} days ${word}`
}

function tick() {
  if (document.hidden) return
  const now = Date.now()
  for (const clock of document.querySelectorAll("time.clock[datetime]")) {
    const due = Date.parse(clock.dateTime)
    const soon = Date.parse(clock.dataset.soon)
    const said = words(Math.trunc((due - now) / 1000))
    const text = clock.querySelector("span")
    if (text.textContent !== said) text.textContent = said
    const state = due <= now ? "late" : soon <= now ? "soon" : "ok"
    if (!clock.classList.contains(`clock--${state}`)) clock.className = `clock clock--${state}`
  }
}

setInterval(tick, 5000)
document.addEventListener("visibilitychange", tick)
document.addEventListener("queue:changed", tick)
tick()
