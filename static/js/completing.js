// A list to choose from under a field, after the WAI-ARIA combobox pattern: the focus stays in the field, arrows walk
// the list, Enter or Tab takes what is chosen, Escape closes it.
//   wanted()         what is being typed: { query, … }, or null if nothing is to be looked up
//   load(query)      a promise of choices: { value, label, note }
//   choose(choice, wanted)
//   isFirstChosen    whether Enter takes the first one without walking to it
//   fits(choice, query)  whether a choice shown for what stood there before still fits what is typed now; if missing,
//                    whether its words hold all that is typed
//   place()          where the list stands, as { left, top } beside the field; below it if missing

import { make } from "./elements.js"

const PAUSE = 150
let number = 0

export async function lookUp(address, query) {
  const url = new URL(address, location.href)
  url.searchParams.set("q", query)
  const answer = await fetch(url, { headers: { Accept: "application/json" } })
  return answer.ok ? (await answer.json()).choices : []
}

export function complete(field, { wanted, load, choose, isFirstChosen = false, fits = holdsAll, place = below }) {
  const list = make("ul", { id: `choices-${(number += 1)}`, className: "choices", hidden: true })
  const status = make("span", { className: "visually-hidden" })
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "Suggestions")
  status.setAttribute("role", "status")
  field.after(list, status)
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-controls", list.id)
  let timer, asked, choices = [], current = -1, walkedTo = null

  function mark(position) {
    current = position
    for (const [at, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(at === position))
    const option = list.children[position]
    option?.scrollIntoView({ block: "nearest" })
    if (option) field.setAttribute("aria-activedescendant", option.id)
    else field.removeAttribute("aria-activedescendant")
  }

  // What somebody walked to stays theirs when a later answer has it too.
  function walk(position) {
    mark(position)
    walkedTo = choices[position]
  }

  function close() {
    clearTimeout(timer)
    asked = walkedTo = null
    list.hidden = true
    if (field.matches("[role=combobox]")) field.setAttribute("aria-expanded", "false")
    mark(-1)
  }

  function show() {
    list.replaceChildren(...choices.map((choice, at) => draw(choice, `${list.id}-${at}`)))
    list.hidden = choices.length === 0
    status.textContent = choices.length ? `${choices.length} to choose from.` : "Nothing like it."
    if (field.matches("[role=combobox]")) field.setAttribute("aria-expanded", String(!list.hidden))
    const { left, top } = place(field)
    Object.assign(list.style, { insetInlineStart: `${left}px`, insetBlockStart: `${top}px` })
    const again = walkedTo ? choices.findIndex(({ value }) => value === walkedTo.value) : -1
    mark(again < 0 && isFirstChosen && choices.length ? 0 : again)
  }

  function look(pause = PAUSE) {
    clearTimeout(timer)
    asked = null // an answer to what stood there before comes too late
    const now = wanted()
    if (!now) return close()
    if (isFirstChosen) keepFitting(now.query)
    timer = setTimeout(async () => {
      asked = now
      const found = await load(now.query).catch(() => [])
      if (asked !== now) return
      choices = found
      show()
    }, pause)
  }

  // Enter must never take somebody who only fitted the letters before.
  function keepFitting(query) {
    const fitting = choices.filter((choice) => fits(choice, query))
    if (list.hidden || fitting.length === choices.length) return
    choices = fitting
    show()
  }

  function take(position) {
    const [choice, now] = [choices[position], wanted() ?? asked]
    close()
    if (choice) choose(choice, now)
  }

  field.addEventListener("input", () => look())
  field.addEventListener("blur", close)
  field.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden
    if (event.isComposing) return
    if (event.key === "Escape" && isOpen) close()
    else if (event.key === "ArrowDown" && isOpen) walk((current + 1) % choices.length)
    else if (event.key === "ArrowUp" && isOpen) walk((current <= 0 ? choices.length : current) - 1)
    else if (event.key === "ArrowDown" && field.matches("[role=combobox]")) look(0)
    else if ((event.key === "Enter" || event.key === "Tab") && isOpen && current >= 0 && !event.ctrlKey && !event.metaKey) take(current)
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  list.addEventListener("pointerdown", (event) => event.preventDefault()) // the focus stays in the field
  list.addEventListener("click", (event) => take([...list.children].indexOf(event.target.closest("[role=option]"))))
  return { look, close }
}

function draw(choice, id) {
  const option = make("li", { id, className: "choices__one" })
  option.setAttribute("role", "option")
  option.append(make("span", { textContent: choice.label }))
  if (choice.note) option.append(make("span", { className: "meta", textContent: choice.note }))
  return option
}

function holdsAll({ label, note = "" }, query) {
  const held = `${label} ${note}`.toLowerCase()
  return query.toLowerCase().split(/\s+/).every((word) => held.includes(word))
}

function below(field) {
  return { left: field.offsetLeft, top: field.offsetTop + field.offsetHeight + 4 }
}
