// One region: a row of numbers in the form, and the shape that shows it on the picture.
const SVG = "http://www.w3.org/2000/svg"
const NAMES = ["x", "y", "width", "height"]
const CORNERS = ["nw", "ne", "sw", "se"]
const LEAST = 0.5
// Half a corner's side in pixels of the screen: what is drawn, and what a finger hits (WCAG 2.5.8).
// A small region keeps a middle by which it is moved: its corners are then smaller.
const CORNER = { drawn: 5, hit: 14, least: 6 }

// A number of per cent as it is written: with two places at the most.
export const percent = (number) => String(Math.round(number * 100) / 100)

function make(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

const within = (number, least, most) => Math.min(Math.max(number, least), Math.max(least, most))

export class Shape {
  constructor(row, svg) {
    this.row = row
    this.svg = svg
    this.group = make("g", { class: "mask-region", tabindex: "0", role: "button" })
    this.corners = CORNERS.map((corner) => [
      make("rect", { class: "mask-corner" }),
      make("rect", { class: "mask-grip", "data-corner": corner }),
    ])
    svg.append(this.group)
  }

  input(name) {
    return this.row.querySelector(`[name=${name}]`)
  }

  get kind() {
    return this.input("shape").selectedOptions[0].textContent
  }

  // What cannot be, and is told only when it is sent, is drawn at the edge.
  get box() {
    const number = (name) => within(Number(this.input(name).value) || 0, 0, 100)
    return Object.fromEntries(NAMES.map((name) => [name, number(name)]))
  }

  write(box) {
    for (const [name, value] of Object.entries(box)) this.input(name).value = percent(value)
  }

  // Inside the picture, as far as it fits.
  put(x, y) {
    const { width, height } = this.box
    this.write({ x: within(x, 0, 100 - width), y: within(y, 0, 100 - height) })
  }

  move(across, down) {
    const { x, y } = this.box
    this.put(x + across, y + down)
  }

  grow(across, down) {
    const { x, y, width, height } = this.box
    this.write({
      width: within(width + across, LEAST, 100 - x),
      height: within(height + down, LEAST, 100 - y),
    })
  }

  // One corner pulled from where it was in `box`; the one across stays.
  pull(box, corner, across, down) {
    const made = {}
    if (corner.includes("w")) {
      made.x = within(box.x + across, 0, box.x + box.width - LEAST)
      made.width = box.x + box.width - made.x
    } else {
      made.width = within(box.width + across, LEAST, 100 - box.x)
    }
    if (corner.includes("n")) {
      made.y = within(box.y + down, 0, box.y + box.height - LEAST)
      made.height = box.y + box.height - made.y
    } else {
      made.height = within(box.height + down, LEAST, 100 - box.y)
    }
    this.write(made)
  }

  label(words) {
    this.group.setAttribute("aria-label", words)
  }

  mark(is) {
    this.group.classList.toggle("marked", is)
  }

  draw() {
    const { width: across, height: down } = this.svg.viewBox.baseVal
    const scale = across / (this.svg.clientWidth || across)
    const { x, y, width, height } = this.box
    const box = {
      x: (x / 100) * across,
      y: (y / 100) * down,
      width: (width / 100) * across,
      height: (height / 100) * down,
    }
    const side = Math.min(box.width, box.height) / scale
    const reach = within(side / 4, CORNER.least, CORNER.hit) * scale
    const shape = this.input("shape").value === "rectangle" ? rectangle(box) : ellipse(box)
    this.group.replaceChildren(shape, make("rect", { class: "mask-edge", ...box }))
    CORNERS.forEach((corner, index) => {
      const at = {
        x: box.x + (corner.includes("e") ? box.width : 0),
        y: box.y + (corner.includes("s") ? box.height : 0),
      }
      const [drawn, hit] = this.corners[index]
      square(drawn, at, CORNER.drawn * scale)
      square(hit, at, reach)
      this.group.append(drawn, hit)
    })
  }

  remove() {
    this.group.remove()
    this.row.remove()
  }
}

function rectangle(box) {
  return make("rect", { class: "mask-shape", ...box })
}

function ellipse({ x, y, width, height }) {
  return make("ellipse", {
    class: "mask-shape",
    cx: x + width / 2,
    cy: y + height / 2,
    rx: width / 2,
    ry: height / 2,
  })
}

function square(made, { x, y }, half) {
  const box = { x: x - half, y: y - half, width: 2 * half, height: 2 * half }
  for (const [name, value] of Object.entries(box)) made.setAttribute(name, value)
}
