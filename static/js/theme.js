// Applies the reader's own choice of light or dark before the first paint. Everything else about it is in site.js.
try {
  const chosen = localStorage.getItem("theme")
  if (chosen) document.documentElement.dataset.theme = chosen
} catch {
  // Storage is closed to us: the page follows the device.
}
