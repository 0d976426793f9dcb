// Tells that a person has this page before them: mail scanners open links too, but look at nothing.

const form = document.getElementById("opened")
let timer = 0

function tell() {
  document.removeEventListener("visibilitychange", watch)
  fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true })
}

function watch() {
  clearTimeout(timer)
  if (document.visibilityState === "visible") timer = setTimeout(tell, 1000)
}

document.addEventListener("visibilitychange", watch)
watch()
