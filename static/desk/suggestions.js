// What was translated before, and how things are called here: fetched for the row somebody is in.
import { write } from "desk/cells"
import { form, hidden, isPicture, isRich, onCurrent, rowOf, slot, textarea } from "desk/rows"
import { announce, say } from "desk/words"

const WAIT = 200

const known = new Set()
let timer = 0

async function fetchFor(row) {
  const address = `${form.dataset.row}?key=${encodeURIComponent(row.dataset.key)}`
  try {
    const response = await fetch(address, { headers: { "X-Requested-With": "fetch" }, redirect: "error" })
    if (!response.ok) return known.delete(row)
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const found = page.querySelector("#row-help")
    slot(row, "suggestions").replaceChildren(...(found ? found.childNodes : []))
    const count = row.querySelectorAll("[data-insert]").length
    if (count) announce(count === 1 ? say("oneSuggestion") : say("suggestions", { count }))
  } catch {
    known.delete(row)
  }
}

function ask(row) {
  clearTimeout(timer)
  if (known.has(row) || !slot(row, "suggestions") || !hidden(row, "seen")) return
  timer = setTimeout(() => {
    known.add(row)
    fetchFor(row)
  }, WAIT)
}

// In the block of the row where the cell is empty, so that a list item stays one. A suggestion may
// be several blocks, with an empty line between two.
function inBlock(row, inner) {
  const blocks = inner.split("\n\n").map((block) => {
    const page = new DOMParser().parseFromString(row.dataset.blank || "<p></p>", "text/html")
    const inmost = [...page.body.querySelectorAll("*")].at(-1)
    inmost.innerHTML = block
    return page.body.innerHTML
  })
  return blocks.join("")
}

export async function insert(row, number) {
  const button = row.querySelector(`[data-insert="${number}"]`)
  if (!button) return announce(say("noSuggestion"))
  const { html, text } = button.dataset
  const isEmpty = textarea(row).value.trim() === ""
  if (!isRich(row)) await write(row, text, { replace: isEmpty })
  else if (isEmpty) await write(row, inBlock(row, html), { replace: true })
  else await write(row, html.replaceAll("\n\n", "<br>"))
  announce(say("inserted", { text }))
}

export async function copySource(row) {
  const segments = JSON.parse(hidden(row, "seen")?.value || "[]")
  if (!segments.length || isPicture(row)) return
  if (textarea(row).value.trim()) return announce(say("notEmpty"))
  if (isRich(row)) {
    const blank = row.dataset.blank && segments.length === 1
    const blocks = segments.map(([path, inner]) => wrapped(path, inner))
    await write(row, blank ? inBlock(row, segments[0][1]) : blocks.join(""), { replace: true })
  } else {
    await write(row, decoded(segments), { replace: true })
  }
  announce(say("copied"))
}

const wrapped = (path, inner) => {
  const tags = path.split("/")
  const open = tags.map((tag) => `<${tag}>`).join("")
  return open + inner + tags.reverse().map((tag) => `</${tag}>`).join("")
}

// A plain text is kept with its few signs escaped.
const decoded = (segments) =>
  segments
    .map(([, inner]) => new DOMParser().parseFromString(inner, "text/html").body.textContent)
    .join("\n")

export function listen() {
  onCurrent(ask)
  // The page is left: the row may be another one by the time this arrives.
  form.addEventListener("submit", () => clearTimeout(timer))
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-insert], [data-act='copy']")
    if (!button) return
    const row = rowOf(button)
    if (button.dataset.insert) insert(row, Number(button.dataset.insert))
    else copySource(row)
  })
}
