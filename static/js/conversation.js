// An open conversation: who has it stays up to date, typing keeps the claim, “@” offers colleagues, and a suggestion or
// saved reply comes into the text where the cursor is. Nothing is ever sent from here.
import { lookUp } from "./completing.js"
import { use } from "./saved_replies.js"

const ASK_EVERY = 10_000
const RENEW_EVERY = 20_000

const page = document.querySelector("[data-conversation]")
const reply = document.getElementById("reply")
const area = reply?.querySelector("textarea")
let renewedAt = 0

function place(html) {
  const old = document.getElementById("claim")
  if (old.contains(document.activeElement)) return
  const words = (box) => box.querySelector("[data-claim-words]")?.textContent.trim().replace(/\s+/g, " ")
  const before = words(old)
  old.outerHTML = html // drawn by the server, as the page itself is
  const now = words(document.getElementById("claim"))
  const said = document.querySelector("[data-claim-said]")
  const who = (text) => text?.replace(/ until .*/, "")
  if (who(now) !== who(before)) said.textContent = now
}

async function ask() {
  if (document.hidden) return
  const url = new URL(page.dataset.who, location.href)
  url.searchParams.set("post", page.dataset.post)
  url.searchParams.set("message", page.dataset.message)
  url.searchParams.set("holder", document.getElementById("claim").dataset.holder)
  const answer = await fetch(url).catch(() => null)
  if (answer?.status === 200) place(await answer.text())
}

async function renew() {
  if (Date.now() - renewedAt < RENEW_EVERY) return
  renewedAt = Date.now()
  const token = reply.querySelector("[name=csrfmiddlewaretoken]").value
  const answer = await fetch(page.dataset.renew, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null)
  if (answer?.status === 200) place(await answer.text())
}

setInterval(ask, ASK_EVERY)
document.addEventListener("visibilitychange", ask)
if (area) startReply()
for (const form of document.querySelectorAll("[data-note]")) startNote(form)

function startReply() {
  area.addEventListener("input", renew)
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault()
      take(button.dataset)
    })
  }
  reply.querySelector("[data-insert-saved]")?.addEventListener("click", async (event) => {
    event.preventDefault()
    const address = `${reply.dataset.savedUrl}&pk=${reply.elements.saved.value}`
    const [choice] = await lookUp(address, "").catch(() => [])
    if (choice) use(reply, choice.value, choice.text)
  })
  for (const link of document.querySelectorAll("[data-below]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault()
      reply.elements.below.value = link.dataset.below
      reply.querySelector("[data-place-field]").open = true
      area.focus()
    })
  }
}

function take({ insert, text, url, need }) {
  if (url) {
    reply.elements.link_url.value = url
    reply.elements.link_need.value = need
    reply.querySelector("[data-link-fields]").open = true
  }
  use(reply, insert, text)
}

function startNote(form) {
  const field = form.querySelector("textarea")
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.requestSubmit()
  })
  field.addEventListener("input", async function begin() {
    if (!field.value.includes("@")) return
    field.removeEventListener("input", begin)
    const { startMentions } = await import("./mentions.js")
    startMentions(field, form.dataset.mentionUrl).look(0)
  })
  form.closest("details")?.addEventListener("toggle", (event) => { if (event.target.open) field.focus() })
}
