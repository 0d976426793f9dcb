// Parts of a page that a script adds.

export function make(name, facts) {
  return Object.assign(document.createElement(name), facts)
}

export function button(words, spoken) {
  const made = make("button", { type: "button", className: "button button--small button--plain", textContent: words })
  made.setAttribute("aria-label", spoken)
  return made
}
