// Tells the server that this page, of which its reader was told, is open before their eyes.

const form = document.getElementById("seen-page")

setTimeout(async () => {
  if (document.visibilityState !== "visible") return
  await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } })
  document.getElementById("bell")?.dispatchEvent(new Event("look"))
}, 300)
