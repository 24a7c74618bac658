// The rows of a document's pictures: which picture each has, and new ones.
import { element } from "tract/element"
import { learn, refresh } from "tract/picture_known"
import { pick } from "tract/picture_picker"
import { word } from "tract/words"

const CHANGED = "pictures:changed"
const group = document.querySelector(".figures")
const chosen = new WeakMap()
// Whether a row comes for a picture that is chosen already, or somebody wants to choose.
let filling = false

const all = () => [...(group?.querySelectorAll(".figure-row:not(.empty-form)") ?? [])]
const isGoing = (row) => Boolean(row.querySelector("input[name$=-DELETE]:checked"))

// The pictures of this text, as they stand in its form now.
export const here = () => all().filter((row) => !isGoing(row)).map((row) => chosen.get(row)).filter(Boolean)

export const isHere = (pk) => here().some((about) => about.pk === pk)

// Calls `tell` whenever a picture comes or goes, until the function that it returns is called.
export function onChange(tell) {
  document.addEventListener(CHANGED, tell)
  return () => document.removeEventListener(CHANGED, tell)
}

const changed = () => document.dispatchEvent(new CustomEvent(CHANGED))

function show(row, about) {
  const look = row.querySelector(".figure-look")
  const page = element("a", { href: about.page, target: "_blank", rel: "noopener" }, [
    word("page"),
    " ",
    element("span", { class: "visually-hidden" }, [word("newTab")]),
    element("span", { "aria-hidden": "true" }, ["↗"]),
  ])
  const state = element("p", { class: about.whyNot ? "figure-why" : null }, [
    about.whyNot || word("mayBeShown"),
  ])
  look.replaceChildren(
    about.thumbnail
      ? element("img", { src: about.thumbnail, alt: "", width: about.width, height: about.height })
      : element("span", { class: "picture-gone", "aria-hidden": "true" }),
    element("div", { class: "figure-state" }, [state, element("p", {}, [page])]),
  )
  row.querySelector(".inline_label").textContent = about.name
}

// Choose `about` in `row`.
export function set(row, about) {
  chosen.set(row, learn(about))
  row.querySelector("input[name$=-picture]").value = about.label
  show(row, about)
  label(row)
  changed()
}

// A new row for a picture, at the end; `place` is where it is to stand.
export function add(about, place) {
  filling = true
  group.querySelector(".add-row a").click()
  filling = false
  const row = all().at(-1)
  set(row, about)
  if (place) row.querySelector("select[name$=-place]").value = place
  return row
}

// A button instead of the two fields that work without scripts ---------------------------------

function label(row) {
  const button = row.querySelector(".figure-choose")
  const text = word(chosen.has(row) ? "chooseOther" : "choose")
  button.textContent = text
  button.setAttribute("aria-label", `${word("picture")}: ${text}`)
}

// Resolves to whether a picture was chosen for `row`. One that stands here already is led to.
export async function ask(row) {
  const about = await pick({ title: word("choose") })
  if (!about) return false
  const same = (one) => one !== row && !isGoing(one) && chosen.get(one)?.pk === about.pk
  const other = all().find(same)
  if (!other) set(row, about)
  const button = (other ?? row).querySelector(".figure-choose")
  button.focus()
  return !other
}

export function enhance(row) {
  const input = row.querySelector("input[name$=-picture]")
  const upload = row.querySelector("input[name$=-upload]")
  const field = input.closest(".form-row")
  // The label, and what leads to an error, lead to what can be worked.
  const button = element("button", { type: "button", class: "button figure-choose", id: input.id })
  input.id = `${input.id}-value`
  input.type = "hidden"
  const error = field.querySelector(".errorlist")?.id
  if (error) button.setAttribute("aria-describedby", error)
  input.after(button)
  button.addEventListener("click", () => ask(row))
  field.querySelector(".help")?.remove()
  // Its errors stay.
  const old = upload.closest(".form-row")
  upload.disabled = true
  if (old.querySelector(".errorlist")) upload.closest(".flex-container").hidden = true
  else old.hidden = true
  const { about } = row.querySelector(".figure-look").dataset
  if (about) chosen.set(row, learn(JSON.parse(about)))
  label(row)
}

// Somebody may have said in another window who is in a picture, or covered them.
export async function lookAgain() {
  const rows = all().filter((row) => chosen.get(row)?.whyNot)
  if (!rows.length) return
  const { pictures } = await refresh(rows.map((row) => chosen.get(row).pk))
  const found = new Map(pictures.map((about) => [about.pk, about]))
  for (const row of rows) {
    const about = found.get(chosen.get(row).pk)
    if (about && about.whyNot !== chosen.get(row).whyNot) {
      chosen.set(row, about)
      show(row, about)
    }
  }
}

export const isFilling = () => filling

export { all, changed, group }
