// Rows: what stands in one, which is current, and what is still to do.
export const form = document.getElementById("desk-form")
export const all = () => [...form.querySelectorAll(".row")]
export const rowOf = (node) => node?.closest?.(".row") ?? null
// Of a picture, nobody writes in it: there it is a hidden field.
export const textarea = (row) => row.querySelector(".typed")
export const cell = (row) => row.querySelector(".cell")
export const hidden = (row, name) => row.querySelector(`input[type="hidden"][name^="${name}-"]`)
export const omit = (row) => row.querySelector('input[name^="omit-"]')
export const slot = (row, name) => row.querySelector(`[data-slot="${name}"]`)
export const isPicture = (row) => "picture" in row.dataset
export const isRich = (row) => "rich" in row.dataset
export const number = (row) => row.querySelector(".row-number").lastChild.textContent.trim()
export const byKey = (key) => form.querySelector(`.row[data-key="${CSS.escape(key)}"]`)
export const isToDo = (row) => !("done" in row.dataset) && !("dirty" in row.dataset)

let current = null
const followers = []

export const currentRow = () => (current?.isConnected ? current : null)
export const onCurrent = (follow) => followers.push(follow)

export function makeCurrent(row) {
  if (!row || row === current) return
  current?.classList.remove("is-current")
  current = row
  row.classList.add("is-current")
  for (const follow of followers) follow(row)
}

// What is posted of a row. `omit` is left out where a row has no such box.
export function posted(row) {
  return {
    key: row.dataset.key,
    part: row.dataset.part,
    seen: JSON.parse(hidden(row, "seen").value || "[]"),
    was: hidden(row, "was").value,
    text: textarea(row).value,
    omit: omit(row)?.checked ?? false,
  }
}

// A row that had no place in the draft yet gets its key with the first save.
export function rename(row, key) {
  const old = row.dataset.key
  if (key === old) return
  // Keys are letters, figures and hyphens: nothing in them means something to a pattern.
  const place = new RegExp(`^(#?[a-z]+[-:])${old}(?=$|[-:])`)
  const swap = (node, name) => {
    const value = node.getAttribute(name)
    if (!value) return
    const parts = value.split(" ").map((part) => part.replace(place, (_, before) => before + key))
    node.setAttribute(name, parts.join(" "))
  }
  for (const node of [row, ...row.querySelectorAll("*")]) {
    // Links of the text may lead to an anchor that is called the same.
    if (node.closest(".source, .cell, .ProseMirror") && node.tagName === "A") continue
    for (const name of ["id", "name", "for", "href", "aria-labelledby"]) swap(node, name)
    // A person's own words stand in `value` too: only buttons carry a key there.
    if (node.tagName === "BUTTON") swap(node, "value")
  }
  row.dataset.key = key
  for (const link of document.querySelectorAll(`.show a[href="#row-${old}"]`)) swap(link, "href")
}
