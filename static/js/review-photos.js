// Photos on a review's form: chosen, dragged or pasted, each with its progress, what it shows, and a way out.

import { button, make } from "./elements.js"
import { upload } from "./uploading.js"

export function startPhotos(fields) {
  const place = {
    fields,
    form: fields.closest("form"),
    list: fields.querySelector(".photo-fields"),
    drop: fields.querySelector("[data-photo-drop]"),
    most: Number(fields.dataset.most),
    running: new Set(),
    say: (text) => { fields.querySelector("[data-photo-status]").textContent = text },
  }
  for (const slot of place.list.querySelectorAll("[data-photo-slot]")) slot.remove()
  for (const kept of place.list.querySelectorAll("[data-photo]:not([data-posted])")) offerRemoval(place, kept)
  place.list.addEventListener("change", () => refresh(place))
  listen(place)
  holdUntilUploaded(place)
  refresh(place)
}

function listen(place) {
  const { fields, drop, form } = place
  const picker = fields.querySelector("#photo-pick")
  picker.addEventListener("change", () => {
    add(place, [...picker.files])
    picker.value = ""
  })
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files")
  for (const name of ["dragenter", "dragover"]) {
    fields.addEventListener(name, (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      drop.classList.add("photo-drop--over")
    })
  }
  fields.addEventListener("dragleave", (event) => {
    if (!fields.contains(event.relatedTarget)) drop.classList.remove("photo-drop--over")
  })
  fields.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    drop.classList.remove("photo-drop--over")
    add(place, [...event.dataTransfer.files])
  })
  // What is dropped on or pasted into the text arrives by the editor's element; elsewhere in the form, here.
  form.addEventListener("file-attachment-accepted", (event) => add(place, event.detail.attachments.map(({ file }) => file)))
  form.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (event.defaultPrevented || !files.length) return
    event.preventDefault()
    add(place, files)
  })
}

// A review sent while a photo is on its way goes when the photo has arrived.
function holdUntilUploaded(place) {
  addEventListener("submit", (event) => {
    if (event.target !== place.form || !place.running.size) return
    event.preventDefault()
    event.stopImmediatePropagation()
    place.waiting = event.submitter
    sayBesideButton(place, "Your photos are still on their way. Your review is sent as soon as they are here.")
  }, { capture: true })
}

// Who presses the button at the form's end does not see what is said beside the photos.
function sayBesideButton(place, text) {
  place.note ??= Object.assign(make("p", { className: "meta" }), { role: "status" })
  place.form.querySelector(".form__actions").after(place.note)
  place.note.textContent = text
}

function add(place, files) {
  for (const file of files) {
    if (count(place) >= place.most) {
      place.say(place.most === 1 ? "You can add one photo." : `You can add at most ${place.most} photos.`)
      break
    }
    place.list.append(card(place, file))
  }
  refresh(place)
}

function count({ list }) {
  return [...list.children].filter((item) => !item.querySelector("[name^=drop_]:checked")).length
}

function refresh(place) {
  place.drop.hidden = count(place) >= place.most
}

function card(place, file) {
  const item = make("li", { className: "photo-field" })
  const facts = make("div", { className: "stack stack--tight" })
  const bar = make("progress", { max: 1, value: 0 })
  bar.setAttribute("aria-label", `Uploading ${file.name}`)
  const remove = button("Remove", `Remove ${file.name}`)
  facts.append(make("p", { className: "meta", textContent: file.name }), bar, remove)
  item.append(place.drop.querySelector(".icon").cloneNode(true), facts) // the photo itself comes once it is taken in
  const request = upload(place.fields.dataset.uploadUrl, token(place), file, bar, {
    done(photo) {
      show(place, item, photo, file.name)
      arrived(place, request)
    },
    failed(sentence) {
      fail(place, item, file, sentence)
      arrived(place, request)
    },
  })
  place.running.add(request)
  remove.addEventListener("click", () => {
    place.running.delete(request)
    request.abort()
    takeOut(place, item)
  })
  place.say(`Uploading ${file.name}…`)
  return item
}

function arrived(place, request) {
  place.running.delete(request)
  const { waiting } = place
  if (!waiting || place.running.size || place.list.querySelector(".field__error")) return
  place.waiting = null
  place.note.textContent = ""
  place.form.requestSubmit(waiting)
}

function show(place, item, photo, name) {
  item.dataset.photo = photo.id
  item.querySelector(".icon").replaceWith(make("img", { src: photo.small ?? photo.url, alt: "", width: 80, height: 80 }))
  const facts = item.querySelector(".stack")
  facts.querySelector("progress").remove()
  const field = make("div", { className: "field" })
  const alt = make("input", { type: "text", id: `alt_${photo.id}`, name: `alt_${photo.id}`, maxLength: 200, autocomplete: "off" })
  const label = make("label", { htmlFor: alt.id, textContent: "What it shows" })
  label.append(make("span", { className: "visually-hidden", textContent: `: ${name}` }))
  field.append(label, alt)
  facts.querySelector(".meta").replaceWith(field)
  facts.prepend(make("input", { type: "hidden", name: "photos", value: photo.id }))
  place.say(`${name} is added. Say what it shows, for people who can’t see it.`)
  changed(place)
}

function fail(place, item, file, sentence) {
  const facts = item.querySelector(".stack")
  facts.querySelector("progress").remove()
  const words = make("p", { className: "field__error", textContent: sentence })
  words.setAttribute("role", "alert")
  const again = button("Try again", `Try again: ${file.name}`)
  again.addEventListener("click", () => item.replaceWith(card(place, file)))
  facts.querySelector(".meta").after(words)
  facts.append(again)
  place.say("")
  if (!place.waiting) return
  place.waiting = null
  sayBesideButton(place, "A photo could not be added, so your review is not sent yet. Try it again above, or take it out.")
  item.scrollIntoView({ block: "center" })
}

// With JavaScript a photo that was not posted yet goes at once; one that was goes when the change is published.
function offerRemoval(place, kept) {
  const box = kept.querySelector(".choice")
  if (box.querySelector(":checked")) return
  const remove = button("Remove", "Remove this photo")
  remove.addEventListener("click", () => takeOut(place, kept))
  box.replaceWith(remove)
}

function takeOut(place, item) {
  const { photo } = item.dataset
  const next = item.nextElementSibling ?? item.previousElementSibling
  item.remove()
  if (photo) {
    const address = place.fields.dataset.removeUrl.replace("/0/", `/${photo}/`)
    fetch(address, { method: "POST", headers: { "X-CSRFToken": token(place), Accept: "application/json" } }).catch(() => null)
    changed(place)
  }
  refresh(place)
  place.say("The photo is taken out.")
  ;(next?.querySelector("input[type=text], button") ?? place.fields.querySelector("#photo-pick")).focus()
}

function changed(place) {
  place.form.dispatchEvent(new Event("input", { bubbles: true }))
}

function token({ form }) {
  return form.querySelector("[name=csrfmiddlewaretoken]").value
}
