// From row to row: by keys, by links, and on a phone one row at a time.
import { closeCell, openCell } from "desk/cells"
import { all, currentRow, form, isPicture, isRich, isToDo, makeCurrent, number, onCurrent, rowOf, textarea } from "desk/rows"
import { announce, say } from "desk/words"

const narrow = window.matchMedia("(max-width: 43.75rem)")
const position = document.getElementById("position")
const isFixed = (row) => isPicture(row) || !textarea(row)

// To a row, and into its text; where the text is not to be written, to the row's own link.
function goTo(row, { write = true } = {}) {
  makeCurrent(row)
  if (!write) {
    row.scrollIntoView({ block: "start", behavior: "instant" })
    return
  }
  row.scrollIntoView({ block: "nearest", behavior: "instant" })
  if (isFixed(row)) row.querySelector(".row-number").focus()
  else if (isRich(row)) openCell(row)
  else textarea(row).focus()
}

function beside(step) {
  const rows = all()
  const at = rows.indexOf(currentRow())
  return at < 0 ? rows[0] : rows[at + step]
}

export function step(by, options) {
  const row = beside(by)
  if (!row) return announce(say(by > 0 ? "end" : "start"))
  goTo(row, options)
}

// The next row that wants something, after this one; from the end it goes on at the beginning.
export function nextToDo() {
  const rows = all()
  const at = rows.indexOf(currentRow())
  const row = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))].find(isToDo)
  if (row) goTo(row)
  else announce(say("nothingLeft"))
}

// A pager does not open the cell: the screen's keyboard would cover what is to be read.
export function page(by) {
  closeCell()
  step(by, { write: false })
  const row = currentRow()
  announce(`${place(row, "segment")}. ${row.querySelector(".mark").textContent}`)
}

const place = (row, words) => say(words, { number: number(row), of: total() })
const total = () => position.dataset.of

function showOne() {
  const isOne = narrow.matches
  form.classList.toggle("one-at-a-time", isOne)
  const row = currentRow() ?? addressed() ?? all().find(isToDo) ?? all()[0]
  if (row && (isOne || addressed())) makeCurrent(row)
}

// The row that the page's address names. Not :target, which comes later than this is asked first.
const addressed = () => rowOf(document.getElementById(location.hash.slice(1)))

export function listen() {
  onCurrent((row) => (position.textContent = place(row, "position")))
  narrow.addEventListener("change", showOne)
  window.addEventListener("hashchange", () => {
    const row = addressed()
    if (row) makeCurrent(row)
  })
  showOne()
}
