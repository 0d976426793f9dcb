// What helps who asks: questions like theirs while they type, a product out of thousands, tags that exist already.
import { complete, lookUp } from "./completing.js"
import { make } from "./elements.js"

const FEW = 15 // a short select needs no search
const SHORTEST = 10
const PAUSE_OF_TYPING = 400

for (const select of document.querySelectorAll("select[data-combobox]")) {
  if (select.options.length > FEW) startProduct(select)
}
for (const field of document.querySelectorAll("input[data-tags]")) startTags(field)
for (const field of document.querySelectorAll("input[data-suggestions]")) startSuggestions(field)

// “Is it about this?” beside the similar questions.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]")
  const select = button && document.querySelector("select[data-combobox]")
  if (!select) return
  set(select, button.dataset.choose, button.dataset.label)
  select.search?.focus()
})

function set(select, value, label) {
  if (![...select.options].some((option) => option.value === value)) select.add(new Option(label, value))
  select.value = value
  if (select.search) select.search.value = chosenLabel(select)
  select.dispatchEvent(new Event("input", { bubbles: true }))
}

function chosenLabel(select) {
  return select.value ? select.selectedOptions[0].textContent.trim() : ""
}

function startProduct(select) {
  const field = make("input", { type: "text", id: select.id, autocomplete: "off", value: chosenLabel(select) })
  field.placeholder = select.options[0].textContent.trim()
  field.setAttribute("role", "combobox")
  field.setAttribute("aria-expanded", "false")
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) field.setAttribute(name, select.getAttribute(name))
  }
  select.removeAttribute("id")
  select.hidden = true
  select.search = field
  select.before(field)
  const list = complete(field, {
    isFirstChosen: true,
    wanted: () => ({ query: field.value === chosenLabel(select) ? "" : field.value.trim() }),
    load: (query) => lookUp(select.dataset.combobox, query),
    choose: (choice) => set(select, choice.value, choice.label),
  })
  field.addEventListener("click", () => list.look(0))
  field.addEventListener("focus", () => field.select())
  field.addEventListener("blur", () => {
    if (field.value.trim()) field.value = chosenLabel(select) // half a name is none
    else if (select.value) set(select, "", "")
  })
}

function startTags(field) {
  complete(field, {
    wanted: () => word(field),
    load: (query) => lookUp(field.dataset.tags, query),
    choose: (choice, { from, to }) => {
      field.setRangeText(`${from ? " " : ""}${choice.value}, `, from, to, "end")
      field.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
}

// What stands between the commas around the cursor.
function word(field) {
  const from = field.value.lastIndexOf(",", field.selectionStart - 1) + 1
  const comma = field.value.indexOf(",", from)
  const to = comma < 0 ? field.value.length : comma
  const query = field.value.slice(from, to).trim()
  return query ? { query, from, to: comma < 0 ? to : to + 1 } : null
}

function startSuggestions(field) {
  const shown = document.querySelector("#similar")
  const status = document.querySelector("#similar-status")
  let timer
  let asked = ""
  const look = async () => {
    const title = field.value.trim()
    if (title === asked) return
    asked = title
    const answer = title.length < SHORTEST ? null : await ask(field.dataset.suggestions, title)
    if (asked !== title) return
    shown.innerHTML = answer ?? "" // drawn by the server
    status.textContent = shown.querySelector("[data-spoken]")?.textContent ?? ""
  }
  field.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(look, PAUSE_OF_TYPING)
  })
  look()
}

async function ask(address, title) {
  const answer = await fetch(`${address}?${new URLSearchParams({ title })}`).catch(() => null)
  return answer?.ok ? answer.text() : null
}
