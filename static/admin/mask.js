// Regions drawn over a picture, by pointer or by keyboard. What holds are the rows of numbers, which
// are the form; the drawing shows them, and writes them.
import { Shape, percent } from "tract/mask_shape"

const form = document.querySelector("form.mask")
const svg = form.querySelector(".mask-drawing")
const list = form.querySelector(".mask-rows")
const template = document.getElementById("mask-row")
const told = document.getElementById("mask-told")
const words = document.getElementById("mask-words").dataset
const add = form.querySelector("[name=do][value=add]")

// A share of the picture under which a drawn region is a slip of the hand.
const SMALLEST = 0.7
const STEP = { usual: 1, fine: 0.1 }
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const shapes = []

// What is done to a region ------------------------------------------------------------------------

function spoken(shape) {
  const { x, y, width, height } = shape.box
  const parts = [[x, "left"], [y, "top"], [width, "wide"], [height, "high"]]
  const numbers = parts.map(([number, word]) => `${percent(number)} % ${words[word]}`)
  return `${words.region} ${shapes.indexOf(shape) + 1}: ${shape.kind}, ${numbers.join(", ")}`
}

let pause = 0
function tell(text) {
  clearTimeout(pause)
  pause = setTimeout(() => (told.textContent = text), 400)
}

function number() {
  shapes.forEach((shape, index) => {
    const row = shape.row
    row.querySelector("fieldset").setAttribute("aria-label", `${words.region} ${index + 1}`)
    row.querySelector(".mask-number").textContent = index + 1
    row.querySelector(".mask-remove").value = `remove:${index + 1}`
    for (const input of row.querySelectorAll("input, select")) {
      const id = `region-${index + 1}-${input.name}`
      row.querySelector(`label[for="${input.id}"]`).htmlFor = id
      input.id = id
    }
    shape.label(spoken(shape))
  })
}

function redraw(shape) {
  shape.draw()
  shape.label(spoken(shape))
}

function appear(row) {
  const shape = new Shape(row, svg)
  shapes.push(shape)
  row.addEventListener("input", () => redraw(shape))
  row.addEventListener("focusin", () => shape.mark(true))
  row.addEventListener("focusout", () => shape.mark(false))
  row.querySelector(".mask-remove").addEventListener("click", (event) => {
    event.preventDefault()
    remove(shape)
  })
  shape.group.addEventListener("keydown", (event) => key(event, shape))
  shape.draw()
  return shape
}

function begin(box, kind) {
  list.append(template.content.cloneNode(true))
  const row = list.lastElementChild
  for (const [name, value] of Object.entries(box)) {
    row.querySelector(`[name=${name}]`).value = percent(value)
  }
  row.querySelector("[name=shape]").value = kind
  const shape = appear(row)
  number()
  return shape
}

function remove(shape) {
  const at = shapes.indexOf(shape)
  const had = shape.row.contains(document.activeElement) || shape.group === document.activeElement
  const inRows = shape.row.contains(document.activeElement)
  shapes.splice(at, 1)
  shape.remove()
  number()
  tell(words.removed)
  const next = shapes[at] ?? shapes.at(-1)
  if (!had) return
  if (!next) add.focus()
  else if (inRows) next.row.querySelector("select").focus()
  else next.group.focus()
}

const chosenKind = () => form.querySelector("[name=drawn]:checked").value

// By keyboard ---------------------------------------------------------------------------------

function key(event, shape) {
  if (event.ctrlKey || event.metaKey) return
  if (event.key in ARROWS) {
    const [across, down] = ARROWS[event.key]
    const step = event.altKey ? STEP.fine : STEP.usual
    if (event.shiftKey) shape.grow(across * step, down * step)
    else shape.move(across * step, down * step)
    redraw(shape)
    tell(spoken(shape))
  } else if (event.key === "Delete" || event.key === "Backspace") {
    remove(shape)
  } else if (event.key === "Enter" || event.key === " ") {
    shape.row.querySelector("[name=x]").focus()
  } else {
    return
  }
  event.preventDefault()
}

// By mouse, pen or finger -----------------------------------------------------------------------

function place({ clientX, clientY }) {
  const { left, top, width, height } = svg.getBoundingClientRect()
  const share = (value, size) => Math.min(100, Math.max(0, (value / size) * 100))
  return { x: share(clientX - left, width), y: share(clientY - top, height) }
}

// How a pointer that went down at `start` changes what it took hold of.
function grip(event, start) {
  const shape = shapes.find((one) => one.group.contains(event.target))
  if (!shape) return drawing(start)
  const corner = event.target.dataset.corner
  const box = { ...shape.box }
  shape.group.focus({ preventScroll: true })
  const change = corner
    ? (now) => shape.pull(box, corner, now.x - start.x, now.y - start.y)
    : (now) => shape.put(box.x + now.x - start.x, box.y + now.y - start.y)
  return { shape: () => shape, change, end: () => {} }
}

function drawing(start) {
  let shape = null
  return {
    shape: () => shape,
    change(now) {
      const width = Math.abs(now.x - start.x)
      const height = Math.abs(now.y - start.y)
      if (!shape && Math.max(width, height) < SMALLEST) return
      const box = { x: Math.min(start.x, now.x), y: Math.min(start.y, now.y), width, height }
      shape ??= begin(box, chosenKind())
      shape.write(box)
    },
    end: () => shape?.group.focus({ preventScroll: true }),
  }
}

svg.addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || event.button) return
  event.preventDefault()
  const held = grip(event, place(event))
  svg.setPointerCapture(event.pointerId)
  const move = (moved) => {
    held.change(place(moved))
    if (held.shape()) redraw(held.shape())
  }
  const end = () => {
    svg.removeEventListener("pointermove", move)
    held.end()
    if (held.shape()) tell(spoken(held.shape()))
  }
  svg.addEventListener("pointermove", move)
  svg.addEventListener("lostpointercapture", end, { once: true })
})

// At the start ----------------------------------------------------------------------------------

add.addEventListener("click", (event) => {
  event.preventDefault()
  // Not on top of the last one.
  const by = (shapes.length % 5) * 5
  begin({ x: 30 + by, y: 30 + by, width: 20, height: 20 }, chosenKind()).group.focus()
})

let sent = false
form.addEventListener("submit", () => (sent = true))
window.addEventListener("pageshow", () => (sent = false))
window.addEventListener("beforeunload", (event) => {
  if (shapes.length && !sent) event.preventDefault()
})

svg.replaceChildren()
svg.removeAttribute("aria-hidden")
svg.setAttribute("role", "application")
svg.setAttribute("aria-label", words.drawing)
svg.setAttribute("aria-describedby", "mask-help")
form.classList.add("scripted")
for (const row of list.children) appear(row)
number()
new ResizeObserver(() => shapes.forEach((shape) => shape.draw())).observe(svg)
