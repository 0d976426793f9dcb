// Photos of a text that is being written: each with its progress, a place for what it shows, and a way out.

import { button, make } from "./elements.js"
import { upload } from "./uploading.js"

const MOST = 5

export function startPhotos({ editor, area, say, insert, token }) {
  const list = make("ul", { className: "photo-cards" })
  list.setAttribute("role", "list")
  list.setAttribute("aria-label", "Photos you added")
  editor.after(list)
  return (files) => {
    for (const file of files) {
      if (list.children.length >= MOST) return say(`A post can have at most ${MOST} photos.`)
      list.append(card({ editor, area, say, insert, token }, file))
    }
  }
}

function card(place, file) {
  const item = make("li", { className: "photo-card" })
  const name = make("p", { className: "meta", textContent: file.name })
  const bar = make("progress", { max: 1, value: 0 })
  bar.setAttribute("aria-label", `Uploading ${file.name}`)
  const remove = button("Remove", `Remove ${file.name}`)
  const facts = make("div", { className: "stack stack--tight" })
  facts.append(name, bar, remove)
  item.append(facts)
  const request = upload(place.editor.dataset.uploadUrl, place.token(), file, bar, {
    done: (photo) => show(place, item, facts, bar, photo, file),
    failed: (sentence) => fail(place, item, facts, bar, sentence, file),
  })
  remove.addEventListener("click", () => {
    request.abort()
    takeOut(place, item)
  })
  place.say(`Uploading ${file.name}…`)
  return item
}

function show(place, item, facts, bar, photo, file) {
  item.photo = photo
  item.prepend(make("img", { src: photo.small ?? photo.url, alt: "", width: 80, height: 80 }))
  bar.remove()
  const field = make("div", { className: "field" })
  const label = make("label", { htmlFor: `alt_${photo.id}`, textContent: "What it shows" })
  const alt = make("input", { id: `alt_${photo.id}`, name: `alt_${photo.id}`, maxLength: 200, autocomplete: "off" })
  field.append(label, alt)
  facts.querySelector(".meta").replaceWith(field)
  item.append(make("input", { type: "hidden", name: "photos", value: photo.id }))
  place.insert(photo.markdown)
  alt.addEventListener("input", () => describe(place.area, photo, alt.value))
  place.say(`${file.name} is in the text. Say what it shows, for people who can't see it.`)
  alt.focus()
}

function fail(place, item, facts, bar, sentence, file) {
  bar.remove()
  const words = make("p", { className: "field__error", textContent: sentence })
  words.setAttribute("role", "alert")
  const again = button("Try again", `Try again: ${file.name}`)
  again.addEventListener("click", () => item.replaceWith(card(place, file)))
  facts.querySelector(".meta").after(words)
  facts.append(again)
}

function takeOut(place, item) {
  const photo = item.photo
  if (photo) {
    place.area.value = place.area.value.replace(shown(photo), "")
    const address = place.editor.dataset.removeUrl.replace("/0/", `/${photo.id}/`)
    fetch(address, { method: "POST", headers: { "X-CSRFToken": place.token(), Accept: "application/json" } }).catch(() => null)
  }
  item.remove()
  place.say("The photo is taken out.")
  changed(place.area)
  place.area.focus()
}

function describe(area, photo, words) {
  const alt = words.replace(/[\\[\]]/g, "\\$&").replace(/\s+/g, " ")
  area.value = area.value.replace(shown(photo), (whole) => (whole.endsWith("\n") ? `![${alt}](${photo.url})\n` : `![${alt}](${photo.url})`))
  changed(area)
}

// The photo as it stands in the text, with whatever description.
function shown(photo) {
  return new RegExp(`!\\[(?:\\\\.|[^\\]\\\\])*\\]\\(${photo.url.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\)\\n?`)
}

function changed(area) {
  area.dispatchEvent(new Event("input", { bubbles: true }))
}
