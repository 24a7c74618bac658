// Cells: one editor at a time; the others show their text and open when somebody comes to them.
import { cell, isRich, makeCurrent, rowOf, textarea } from "desk/rows"

// What an editor, its tools and its notes on pasting put into a cell's box.
const LEFT_BEHIND = ".ProseMirror, .tools, .pasted-note"

let open = null // { row, editor, isChanged }
let wanted = null
let pressed = null
let isPressing = false
let isLeaving = false
let changed = () => {}
let loading = null

export const onChange = (follow) => (changed = follow)
const editorOf = (row) => (open?.row === row ? open.editor : null)
// Fetched when the page is idle, so that the first cell opens at once.
export const load = () => (loading ??= import("desk/editor"))

export async function openCell(row, point = null) {
  if (open?.row === row) return void open.editor.commands.focus()
  wanted = row
  makeCurrent(row)
  const shown = cell(row)
  // What could not be kept stands there as it was typed.
  if (shown.parentElement.matches(".box-typed")) return void textarea(row).focus()
  shown.setAttribute("aria-busy", "true")
  const { mount } = await load()
  shown.removeAttribute("aria-busy")
  // Somebody went on while the editor was on its way.
  if (wanted !== row || open?.row === row) return
  const before = shown.getBoundingClientRect().top
  closeCell()
  const area = textarea(row)
  const box = shown.parentElement
  box.classList.add("prose-editor")
  const editor = mount({
    element: box,
    content: shown.innerHTML || row.dataset.blank,
    attributes: {
      lang: area.lang,
      dir: area.dir,
      "aria-labelledby": `label-${row.dataset.key}`,
      "aria-describedby": "desk-hint",
      "aria-multiline": "true",
    },
    leave: () => closeCell({ andFocus: true }),
    onChange: (html) => {
      area.value = html
      open.isChanged = true
      changed(row)
    },
  })
  shown.hidden = true
  open = { row, editor, isChanged: false }
  // What is pasted is made readable as in the admin (admin/paste.js).
  const detail = { textarea: area, editor }
  area.dispatchEvent(new CustomEvent("prose-editor:ready", { detail, bubbles: true }))
  placeCaret(editor, point, before)
}

// The text stays where it was though the tools came in above it, with the caret where a pointer
// pressed, or at the end.
function placeCaret(editor, point, before) {
  const text = editor.view.dom
  keep(text, before)
  const place = point && editor.view.posAtCoords({ left: point.x, top: point.y })
  editor.view.focus()
  editor.commands.setTextSelection(place ? place.pos : editor.state.doc.content.size)
  const target = text.closest(".target")
  const fits = target.offsetHeight < window.innerHeight / 2
  if (fits) target.scrollIntoView({ block: "nearest", behavior: "instant" })
  else if (!point) text.scrollIntoView({ block: "nearest", behavior: "instant" })
}

function keep(node, top) {
  window.scrollBy({ top: node.getBoundingClientRect().top - top, behavior: "instant" })
}

export function closeCell({ andFocus = false } = {}) {
  if (!open) return
  const { row, editor, isChanged } = open
  const shown = cell(row)
  const text = editor.getHTML()
  open = wanted = null
  editor.destroy()
  for (const left of shown.parentElement.querySelectorAll(LEFT_BEHIND)) left.remove()
  shown.parentElement.classList.remove("prose-editor")
  // The editor's own HTML, made by its schema: nothing but the allowlist can stand in it.
  if (isChanged) shown.innerHTML = textarea(row).value ? text : ""
  calm(row)
  shown.hidden = false
  if (!andFocus) return
  isLeaving = true
  shown.focus({ preventScroll: true })
  isLeaving = false
}

// Links in a closed cell lead nowhere and are no stops of the Tab key: the cell opens instead.
function calm(root) {
  for (const link of root.querySelectorAll(".cell[tabindex] a")) link.tabIndex = -1
}

// Put `html` (plain text for a plain part) where the caret is, or in place of what stands there.
export async function write(row, html, { replace = false } = {}) {
  const area = textarea(row)
  if (isRich(row)) {
    await openCell(row)
    const editor = editorOf(row)
    if (replace) editor?.commands.setContent(html, { emitUpdate: true })
    else editor?.commands.insertContent(html)
    return void editor?.commands.focus("end")
  }
  area.focus()
  const [from, to] = replace ? [0, area.value.length] : [area.selectionStart, area.selectionEnd]
  area.setRangeText(html, from, to, "end")
  area.dispatchEvent(new Event("input", { bubbles: true }))
}

export function listen(form) {
  const isCell = (node) => node.matches?.(".cell[tabindex]")
  // The focus comes before the click, and a pointer that selects words is not to open the cell.
  form.addEventListener("pointerdown", ({ target }) => {
    pressed = target.closest(".cell[tabindex]")
    isPressing = true
  })
  form.addEventListener("pointercancel", () => {
    pressed = null
    isPressing = false
  })
  // After the click, which would miss a button that moves when the editor above it closes.
  form.addEventListener("pointerup", () =>
    setTimeout(() => {
      isPressing = false
      const there = document.activeElement
      if (open && rowOf(there) !== open.row && there !== document.body) closeCell()
    }),
  )
  form.addEventListener("click", (event) => {
    const { target } = event
    // At the edge of the page, what stands above went and the cell moved away under the pointer:
    // then the browser takes what holds both for the clicked one.
    const moved = pressed && target !== pressed && target.contains(pressed) ? pressed : null
    pressed = null
    makeCurrent(rowOf(target))
    const shown = moved ?? target.closest(".cell[tabindex]")
    if (!shown) return
    event.preventDefault()
    if (!window.getSelection().isCollapsed) return
    openCell(rowOf(shown), moved ? null : { x: event.clientX, y: event.clientY })
  })
  form.addEventListener("focusin", ({ target }) => {
    const row = rowOf(target)
    const { top } = target.getBoundingClientRect()
    if (row) makeCurrent(row)
    if (open && row !== open.row && !isCell(target) && !isPressing) closeCell()
    // What the row before shows only while somebody is in it is gone: this one stays where it was.
    keep(target, top)
    if (isCell(target) && !pressed && !isLeaving) openCell(row)
  })
  form.addEventListener("keydown", (event) => {
    if (!isCell(event.target) || event.key !== "Enter" || event.ctrlKey) return
    event.preventDefault()
    openCell(rowOf(event.target))
  })
  calm(form)
}
