// Photos on a review's form: taken in while the person goes on writing, one empty place at a time.

for (const list of document.querySelectorAll("[data-photo-fields]")) start(list)

function start(list) {
  const slots = [...list.querySelectorAll("[data-photo-slot]")]
  for (const slot of slots) {
    slot.file = slot.querySelector("input[type=file]")
    slot.alt = slot.querySelector("input[type=text]")
    slot.alt.closest(".field").hidden = true
    slot.file.addEventListener("change", async () => {
      if (slot.file.files.length) await take(list, slot)
      showOneFree(slots)
    })
  }
  showOneFree(slots)
}

function showOneFree(slots) {
  const free = slots.find((slot) => !slot.photo)
  for (const slot of slots) slot.hidden = !slot.photo && slot !== free
}

async function take(list, slot) {
  const [file] = slot.file.files
  say(slot, `Uploading ${file.name}…`)
  try {
    const answer = await send(list, list.dataset.uploadUrl, { photo: file })
    const result = await answer.json()
    if (!answer.ok) throw new Error(result.error)
    show(list, slot, result, file.name)
  } catch (problem) {
    slot.file.value = ""
    say(slot, problem.message || `${file.name} could not be uploaded. Try again.`)
  }
}

function show(list, slot, { id, url }, name) {
  slot.photo = id
  slot.file.value = ""
  slot.file.closest(".field").hidden = true
  const picture = Object.assign(document.createElement("img"), { src: url, alt: "" })
  slot.querySelector(".icon").replaceWith(picture)
  const named = Object.assign(document.createElement("input"), { type: "hidden", name: "photos", value: id })
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "button button--small button--plain", textContent: "Take it out" })
  drop.addEventListener("click", () => leaveOut(list, slot))
  slot.alt.name = `alt_${id}`
  slot.alt.closest(".field").hidden = false
  slot.alt.closest(".stack").append(named, drop)
  say(slot, `${name} is added. Say what it shows.`)
  slot.alt.focus()
}

// The photo goes at once; its place in the form is gone with it.
async function leaveOut(list, slot) {
  await send(list, list.dataset.removeUrl.replace("/0/", `/${slot.photo}/`), {}).catch(() => null)
  const next = list.querySelector("[data-photo-slot]:not([hidden]) input[type=file]")
  slot.remove()
  next?.focus()
}

function say(slot, text) {
  slot.status ??= slot.querySelector(".stack").appendChild(Object.assign(document.createElement("p"), { className: "meta" }))
  slot.status.setAttribute("role", "status")
  slot.status.textContent = text
}

function send(list, url, fields) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const token = list.closest("form").querySelector("[name=csrfmiddlewaretoken]").value
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } })
}
