// Makes a textarea comfortable: formatting bar, preview, drafts that the server keeps, Ctrl+Enter. Photos, mentions and
// quotes have modules of their own, which come when they are first needed.

const PAUSE_BEFORE_SAVING = 1500

for (const editor of document.querySelectorAll("[data-editor]")) start(editor)

function start(editor) {
  const area = editor.querySelector("textarea")
  const status = editor.querySelector("[data-editor-status]")
  const place = {
    editor,
    area,
    say: (text) => { status.textContent = text },
    insert: (text) => insert(area, text),
    token: () => area.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
  }
  editor.querySelector(".editor__bar").dataset.ready = ""
  startSending(place)
  if (editor.dataset.uploadUrl) startPhotos(place)
  if (editor.dataset.previewUrl) startPreview(place)
  if (editor.dataset.draftUrl) startDraft(place)
  if (editor.dataset.mentionUrl) startMentions(place)
  if (area.form.action.endsWith("/answer/") && document.querySelector(".post__actions")) startQuoting(place)
}

function send(place, url, body, options = {}) {
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": place.token() }, ...options })
}

function startSending({ editor, area }) {
  if (matchMedia("(pointer: fine)").matches) {
    const key = /Mac/.test(navigator.platform) ? "⌘" : "Ctrl"
    const keys = Object.assign(document.createElement("span"), { className: "push", textContent: `${key} + Enter sends it` })
    editor.querySelector("[data-editor-status]").after(keys)
  }
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    area.form.requestSubmit(area.form.querySelector(".button--primary"))
  })
}

function startPhotos(place) {
  let adding
  const add = async (files) => {
    adding ??= import("./photos.js").then(({ startPhotos: begin }) => begin(place))
    ;(await adding)(files)
  }
  const picker = Object.assign(document.createElement("input"), { type: "file", multiple: true })
  picker.accept = "image/jpeg,image/png,image/webp,image/gif"
  picker.addEventListener("change", () => {
    add([...picker.files])
    picker.value = ""
  })
  place.editor.querySelector("[data-editor-photo]")?.addEventListener("click", () => picker.click())
  // file-attachment-element sends this for what is dropped or pasted
  place.editor.addEventListener("file-attachment-accepted", (event) => add(event.detail.attachments.map(({ file }) => file)))
}

function startMentions({ editor, area }) {
  area.addEventListener("input", async function begin() {
    if (!area.value.includes("@")) return
    area.removeEventListener("input", begin)
    const { startMentions: attach } = await import("./mentions.js")
    attach(area, editor.dataset.mentionUrl).look(0)
  })
}

async function startQuoting({ area, insert }) {
  const { startQuoting: begin } = await import("./quoting.js")
  begin(area, insert)
}

// On a line of its own after what is selected, never in its place.
function insert(area, text) {
  const at = area.selectionEnd
  const before = at > 0 && area.value[at - 1] !== "\n" ? "\n" : ""
  area.focus()
  area.setRangeText(`${before}${text}\n`, at, at, "end")
  area.dispatchEvent(new Event("input", { bubbles: true }))
}

function startPreview(place) {
  const { editor, area, say } = place
  const button = editor.querySelector("[data-editor-preview]")
  const shown = editor.querySelector("[data-editor-shown]")
  button?.addEventListener("click", async () => {
    const isOpening = shown.hidden
    if (isOpening) {
      const body = new FormData()
      body.append("body", area.value)
      const answer = await send(place, editor.dataset.previewUrl, body).catch(() => null)
      if (answer?.status === 429) return say("A little slower, please: wait a minute. Your text is kept.")
      if (!answer || answer.status > 400) return say("The preview can't be shown right now. Your text is kept.")
      shown.innerHTML = await answer.text() // cleaned by the server, as the post itself will be
    }
    shown.hidden = !isOpening
    area.hidden = isOpening
    button.setAttribute("aria-pressed", String(isOpening))
    button.textContent = isOpening ? "Write" : "Preview"
    if (!isOpening) area.focus()
  })
}

function startDraft(place) {
  const { form } = place.area
  const discard = place.editor.querySelector("[data-editor-discard]")
  let timer
  let isChanged = false
  const leave = () => {
    clearTimeout(timer)
    isChanged = false
  }
  const save = async (options) => {
    leave()
    if (await saveDraft(place, options)) discard?.removeAttribute("hidden")
  }
  form.addEventListener("input", () => {
    clearTimeout(timer)
    isChanged = true
    timer = setTimeout(save, PAUSE_BEFORE_SAVING)
  })
  form.addEventListener("submit", leave)
  discard?.addEventListener("click", leave)
  addEventListener("visibilitychange", () => { if (document.hidden && isChanged) save({ keepalive: true }) })
}

async function saveDraft(place, options) {
  const { editor, area, say } = place
  const body = new FormData(area.form)
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
  body.set("place", editor.dataset.draftPlace)
  const answer = await send(place, editor.dataset.draftUrl, body, options).catch(() => null)
  const result = await answer?.json().catch(() => null)
  say(answer?.ok ? "Draft saved." : result?.error ?? "The draft could not be saved. Your text is still here.")
  return answer?.ok
}
