// One photo on its way to the server: how far it is, what became of it.

export function upload(address, token, file, bar, { done, failed }) {
  const request = new XMLHttpRequest()
  const body = new FormData()
  body.append("photo", file)
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total })
  request.addEventListener("load", () => {
    const answer = read(request.responseText)
    if (request.status === 201) done(answer)
    else failed(answer.error ?? (request.status === 413 ? "This photo is too large." : "The photo could not be kept. Try again."))
  })
  request.addEventListener("error", () => failed("The connection broke. Try again."))
  request.open("POST", address)
  request.setRequestHeader("X-CSRFToken", token)
  request.setRequestHeader("Accept", "application/json")
  request.send(body)
  return request
}

function read(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
