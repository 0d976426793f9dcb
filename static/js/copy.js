// Buttons with data-copy put the words of the field they name on the clipboard. Without a clipboard they stay hidden.
const told = "Copied"

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy)
  if (!field || !navigator.clipboard) continue
  const words = button.textContent
  button.hidden = false
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value)
    button.textContent = told
    setTimeout(() => { button.textContent = words }, 2000)
  })
}
