// What the form of a review gains from JavaScript: photos taken in while the person goes on writing, a sample of the
// chosen name, and what a signed-out visitor typed kept in their own browser.

import { startPhotos } from "./review-photos.js"
import { startUnsent } from "./unsent.js"

for (const fields of document.querySelectorAll("[data-photo-fields]")) startPhotos(fields)
for (const form of document.querySelectorAll("[data-unsent]")) startUnsent(form)
for (const names of document.querySelectorAll("[data-names]")) startNames(names)

function startNames(names) {
  const sample = names.querySelector("[data-name-sample]")
  const show = () => {
    const chosen = names.querySelector(":checked")
    sample.hidden = !chosen
    if (chosen) sample.querySelector("output").textContent = names.querySelector(`label[for="${chosen.id}"] [data-name]`).textContent
  }
  names.addEventListener("change", show)
  show()
}
