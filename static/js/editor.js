// Makes a textarea comfortable: formatting bar, photos by button, drop or paste, a preview, drafts that the server keeps.

const PAUSE_BEFORE_SAVING = 1500

for (const editor of document.querySelectorAll("[data-editor]")) start(editor)

function start(editor) {
  const area = editor.querySelector("textarea")
  const status = editor.querySelector("[data-editor-status]")
  const say = (text) => { status.textContent = text }
  editor.querySelector(".editor__bar").dataset.ready = ""
  if (editor.dataset.uploadUrl) startPhotos(editor, area, say)
  if (editor.dataset.previewUrl) startPreview(editor, area, say)
  if (editor.dataset.draftUrl) startDraft(editor, area, say)
}

function send(area, url, body) {
  const token = area.form.querySelector("[name=csrfmiddlewaretoken]")
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token?.value ?? "" } })
}

function fields(values) {
  const body = new FormData()
  for (const [name, value] of Object.entries(values)) body.append(name, value)
  return body
}

function startPhotos(editor, area, say) {
  const button = editor.querySelector("[data-editor-photo]")
  const picker = document.createElement("input")
  picker.type = "file"
  picker.accept = "image/jpeg,image/png,image/webp,image/gif"
  picker.multiple = true
  button?.addEventListener("click", () => picker.click())
  picker.addEventListener("change", () => {
    editor.attach([...picker.files])
    picker.value = ""
  })
  editor.addEventListener("file-attachment-accepted", async (event) => {
    for (const { file } of event.detail.attachments) await upload(editor, area, say, file)
  })
}

async function upload(editor, area, say, file) {
  const place = `![Uploading ${file.name}…]()`
  insert(area, place)
  say(`Uploading ${file.name}…`)
  try {
    const answer = await send(area, editor.dataset.uploadUrl, fields({ photo: file }))
    const result = await answer.json()
    if (!answer.ok) throw new Error(result.error)
    replace(area, place, result.markdown)
    if (result.id) keepPhoto(area.form, result.id)
    say(`${file.name} is in the text. Say in the brackets what it shows.`)
  } catch (problem) {
    replace(area, place, "")
    say(problem.message || `${file.name} could not be uploaded. Try again.`)
  }
}

// The form names the photos that belong to the post.
function keepPhoto(form, id) {
  const field = document.createElement("input")
  Object.assign(field, { type: "hidden", name: "photos", value: id })
  form.append(field)
}

// On a line of its own after what is selected, never in its place.
function insert(area, text) {
  const at = area.selectionEnd
  const before = at > 0 && area.value[at - 1] !== "\n" ? "\n" : ""
  area.focus()
  area.setRangeText(`${before}${text}\n`, at, at, "end")
  area.dispatchEvent(new Event("input", { bubbles: true }))
}

function replace(area, from, to) {
  area.value = area.value.replace(from, () => to)
  area.dispatchEvent(new Event("input", { bubbles: true }))
}

function startPreview(editor, area, say) {
  const button = editor.querySelector("[data-editor-preview]")
  const shown = editor.querySelector("[data-editor-shown]")
  button?.addEventListener("click", async () => {
    const isOpening = shown.hidden
    if (isOpening) {
      const answer = await send(area, editor.dataset.previewUrl, fields({ body: area.value })).catch(() => null)
      if (!answer?.ok) return say("The preview can't be shown right now. Your text is kept.")
      shown.innerHTML = await answer.text() // cleaned by the server, as the post itself will be
    }
    shown.hidden = !isOpening
    area.hidden = isOpening
    button.setAttribute("aria-pressed", String(isOpening))
    button.textContent = isOpening ? "Write" : "Preview"
    if (!isOpening) area.focus()
  })
}

function startDraft(editor, area, say) {
  let timer
  area.form.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(() => saveDraft(editor, area, say), PAUSE_BEFORE_SAVING)
  })
  area.form.addEventListener("submit", () => clearTimeout(timer))
}

async function saveDraft(editor, area, say) {
  const body = new FormData(area.form)
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
  body.set("place", editor.dataset.draftPlace)
  const answer = await send(area, editor.dataset.draftUrl, body).catch(() => null)
  const result = await answer?.json().catch(() => null)
  say(answer?.ok ? "Draft saved." : result?.error ?? "The draft could not be saved. Your text is still here.")
}
