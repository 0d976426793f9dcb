// The queue: rows are picked and acted on by keys, and the list keeps itself up to date without losing one's place.
// Without this script the boxes and buttons under the list do the same.

const pane = document.querySelector("[data-queue]")
const form = document.querySelector("[data-bulk]")
const list = pane?.querySelector("[data-key-list]")
const news = pane?.querySelector("[data-queue-news]")
const isWriting = (element) => element.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")
const picks = () => [...list.querySelectorAll("input[name=pick]:checked")]
const rowOf = (element) => element?.closest?.("[data-row]")

function say(sentence) {
  news.textContent = ""
  requestAnimationFrame(() => { news.textContent = sentence })
}

// Picking

function showPicked() {
  if (!form) return
  const count = picks().length
  form.hidden = !count
  form.querySelector("[data-bulk-count]").textContent = `${count} picked`
  form.querySelector("[data-bulk-none]").hidden = !count
  if (!count) form.querySelectorAll("details[open]").forEach((menu) => { menu.open = false })
}

function pick(row, isPicked) {
  const box = row.querySelector("input[name=pick]")
  if (!box) return
  box.checked = isPicked ?? !box.checked
  showPicked()
}

// Keys: what is picked, else the row that has the focus

let lastRow = null

function pressed(key, row) {
  const box = row?.querySelector("input[name=pick]")
  if (key === "x") return row ? pick(row) : say("Press j to go to the first conversation.")
  if (key === "r") return row && openReply(row)
  if (box && !picks().length) pick(row, true)
  if (!picks().length) return say("Press j to go to the first conversation.")
  const target = form.querySelector(`[data-bulk-key="${key}"]`)
  if (target.matches("details")) openMenu(target)
  else form.requestSubmit(target)
}

function openReply(row) {
  const address = new URL(row.querySelector("[data-key-item]").href)
  address.hash = "reply"
  location.assign(address)
}

function openMenu(menu) {
  form.querySelectorAll("details[open]").forEach((other) => { other.open = other === menu })
  menu.open = true
  menu.querySelector(".menu__body :is(input:not([type=hidden]), button)").focus()
}

function closeMenu(menu) {
  menu.open = false
  const row = lastRow?.isConnected ? lastRow : rowOf(picks()[0])
  row?.querySelector("[data-key-item]").focus()
}

document.addEventListener("keydown", (event) => {
  if (!pane || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return
  const menu = event.target.closest("[data-bulk] details[open]")
  if (menu && event.key === "Escape") return taken(event, () => closeMenu(menu))
  if (isWriting(event.target)) return
  const row = rowOf(event.target)
  if (row) lastRow = row
  const isOurs = row || picks().length || document.querySelector(".desk__pane--empty")
  if (!form || menu || !isOurs || !"caserx".includes(event.key) || event.key.length !== 1) return
  taken(event, () => pressed(event.key, row))
}, { capture: true })

function taken(event, act) {
  event.preventDefault()
  event.stopImmediatePropagation()
  act()
}

// Enter in a field of a menu presses the menu's own button
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(":is([data-bulk], .hold) .menu__body input")) return
  event.preventDefault()
  event.target.closest(".menu__body").querySelector("[data-default]").click()
})

// After an act the page comes back: so do the scroll position and the row

const PLACE = "queue:place"

function leave() {
  const row = rowOf(document.activeElement) ?? (lastRow?.isConnected ? lastRow : null)
  const all = [...list.children]
  const after = all.slice(all.indexOf(row)).find((item) => !item.querySelector("input[name=pick]:checked"))
  const place = { top: pane.scrollTop, page: scrollY, row: row?.dataset.row, next: after?.dataset.row, at: all.indexOf(row) }
  try { sessionStorage.setItem(PLACE, JSON.stringify(place)) } catch { /* storage is closed to us */ }
}

function comeBack() {
  let place = null
  try {
    place = JSON.parse(sessionStorage.getItem(PLACE))
    sessionStorage.removeItem(PLACE)
  } catch { /* the same */ }
  if (!place) return
  pane.scrollTop = place.top
  scrollTo({ top: place.page })
  const find = (pk) => pk && list.querySelector(`[data-row="${CSS.escape(pk)}"]`)
  const row = find(place.row) ?? find(place.next) ?? (place.at >= 0 ? list.children[Math.min(place.at, list.children.length - 1)] : null)
  row?.querySelector("[data-key-item]").focus({ preventScroll: Boolean(find(place.row)) })
}

// Keeping up to date

const EVERY = 20_000
let asked = Date.now()
let isAsking = false
let hasStopped = false
let served = new Map()

const serve = (items) => new Map([...items].map((item) => [item.dataset.row, item.innerHTML]))

async function refresh() {
  if (isAsking || hasStopped || document.hidden || !navigator.onLine) return
  isAsking = true
  asked = Date.now()
  try {
    const answer = await fetch(pane.dataset.queue, { headers: { "X-Requested-With": "fetch" }, redirect: "manual" })
    if (answer.ok) merge(new DOMParser().parseFromString(await answer.text(), "text/html"))
    else if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) {
      hasStopped = true
      say("This list is no longer kept up to date: sign in again.")
    }
  } catch { /* the next time, then */ } finally {
    isAsking = false
  }
}

function merge(fresh) {
  for (const count of fresh.querySelectorAll("[data-count]")) {
    for (const here of document.querySelectorAll(`[data-count="${CSS.escape(count.dataset.count)}"]`)) here.textContent = count.textContent
  }
  const asOf = form?.querySelector("[name=as_of]")
  if (asOf && !picks().length) asOf.value = fresh.querySelector("[name=as_of]").value
  const anchor = anchorRow()
  const before = anchor?.getBoundingClientRect().top
  const added = mergeRows(fresh.querySelector("[data-key-list]"))
  if (anchor?.isConnected) keepInSight(anchor.getBoundingClientRect().top - before)
  mergePages(fresh)
  if (added) say(`${added} new`)
  document.dispatchEvent(new Event("queue:changed"))
}

function mergePages(fresh) {
  const here = pane.querySelector("[data-queue-pages]")
  const there = fresh.querySelector("[data-queue-pages]")
  if (!here.contains(document.activeElement) && here.innerHTML !== there.innerHTML) here.innerHTML = there.innerHTML
  pane.querySelector("[data-queue-empty]").hidden = list.children.length > 0
  list.hidden = !list.children.length
}

// The row that must not move under the reader's eyes: the focused one, else the first that can be seen
function anchorRow() {
  const focused = rowOf(document.activeElement)
  if (focused && list.contains(focused)) return focused
  const top = scroller() === pane ? pane.getBoundingClientRect().top : 0
  return [...list.children].find((item) => item.getBoundingClientRect().bottom > top)
}

const scroller = () => (pane.scrollHeight > pane.clientHeight && getComputedStyle(pane).overflowY !== "visible" ? pane : document.scrollingElement)

function keepInSight(moved) {
  if (Math.abs(moved) >= 1 && scroller().scrollTop > 0) scroller().scrollTop += moved
}

// Returns how many conversations are new. A row in use stays where it is, marked, until it is left.
function mergeRows(there) {
  const fresh = [...there.children]
  const known = new Map([...list.children].map((item) => [item.dataset.row, item]))
  const wanted = new Set(fresh.map((item) => item.dataset.row))
  let added = 0
  for (const [pk, item] of known) if (!wanted.has(pk)) leaveOut(item)
  let place = list.firstElementChild
  for (const item of fresh) {
    const old = known.get(item.dataset.row)
    if (old) renew(old, item)
    else added += 1
    const row = old ?? document.importNode(item, true)
    while (place?.classList.contains("is-gone")) place = place.nextElementSibling
    if (row === place) place = place.nextElementSibling
    else if (row.contains(document.activeElement)) place = row.nextElementSibling
    else list.insertBefore(row, place)
  }
  served = serve(fresh)
  showPicked()
  return added
}

function leaveOut(item) {
  const isInUse = item.contains(document.activeElement) || item.querySelector("input:checked, [aria-current]")
  if (!isInUse) return item.remove()
  item.classList.add("is-gone")
}

function renew(old, item) {
  old.classList.remove("is-gone")
  if (served.get(item.dataset.row) === item.innerHTML) return
  const focused = old.contains(document.activeElement) ? (document.activeElement.matches("input") ? "input" : "a") : null
  const isPicked = old.querySelector("input:checked") !== null
  old.innerHTML = item.innerHTML
  if (isPicked) old.querySelector("input[name=pick]").checked = true
  if (focused) old.querySelector(focused === "a" ? "[data-key-item]" : focused)?.focus({ preventScroll: true })
}

if (pane) {
  served = serve(list.children)
  showPicked()
  comeBack()
  list.addEventListener("change", showPicked)
  form?.addEventListener("submit", leave)
  form?.querySelector("[data-bulk-none]").addEventListener("click", () => {
    for (const box of picks()) box.checked = false
    showPicked()
    lastRow?.isConnected && lastRow.querySelector("[data-key-item]").focus()
  })
  setInterval(() => { if (Date.now() - asked >= EVERY) refresh() }, EVERY / 4)
  document.addEventListener("visibilitychange", () => { if (Date.now() - asked >= EVERY / 2) refresh() })
  document.addEventListener("queue:refresh", refresh)
}
