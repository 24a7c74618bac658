// The words of the desk in the language of the interface, and the one region that speaks them.
const words = document.getElementById("desk-words").dataset
const region = document.getElementById("desk-said")
let waiting = []

export const say = (name, values = {}) =>
  (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "")

// Emptied first, so that the same words are spoken again; what comes at once is spoken together.
export function announce(text) {
  waiting.push(text)
  if (waiting.length > 1) return
  region.textContent = ""
  setTimeout(() => {
    region.textContent = waiting.join(" ")
    waiting = []
  }, 100)
}
