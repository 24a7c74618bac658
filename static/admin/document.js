// Forms of documents: editing areas that know their language, and no text lost by leaving.
(() => {
  // The editing area gets what the textarea under it says: language, direction, name, help, errors.
  function describe(textarea, editor) {
    const area = editor.view.dom
    for (const name of ["lang", "dir", "spellcheck", "aria-invalid"]) {
      if (textarea.hasAttribute(name)) area.setAttribute(name, textarea.getAttribute(name))
    }
    const label = document.querySelector(`label[for="${textarea.id}"]`)
    if (label) {
      label.id ||= `${textarea.id}_label`
      area.setAttribute("aria-labelledby", label.id)
      label.addEventListener("click", () => editor.commands.focus())
    }
    const described = [textarea.getAttribute("aria-describedby"), "editor-hint"]
    area.setAttribute("aria-describedby", described.filter(Boolean).join(" "))
    area.setAttribute("aria-multiline", "true")
  }

  // A group of boxes is called by the label above it, which belongs to none of them.
  function nameGroups() {
    for (const label of document.querySelectorAll("#content form label:not([for])")) {
      const group = label.parentElement.querySelector("div[id]")
      if (!group || label.querySelector("input")) continue
      label.id ||= `${group.id}_label`
      group.setAttribute("role", "group")
      group.setAttribute("aria-labelledby", label.id)
    }
  }

  // In a table the head of a column is the label of its fields, but only for who sees it.
  function nameCells(table) {
    for (const input of table.querySelectorAll("tbody td :is(input, select):not([type=hidden])")) {
      const column = [...input.closest("tr").children].indexOf(input.closest("td"))
      const head = table.querySelectorAll("thead th")[column]
      // The first head spans what Django hides in a row's first cell.
      const words = (head ?? table.querySelector("thead th:last-child")).textContent
      const row = input.closest("tr").querySelector(".original p")?.textContent ?? ""
      input.setAttribute("aria-label", `${words} ${row}`.replace(/\s+/g, " ").trim())
    }
  }

  const nameTables = () => document.querySelectorAll(".tabular table").forEach(nameCells)

  const editors = new Map()
  document.addEventListener("prose-editor:ready", ({ detail: { textarea, editor } }) => {
    describe(textarea, editor)
    editors.set(textarea.name, { editor, before: editor.getHTML() })
  })

  // Has anything changed? What the editor only spells differently has not. An editor may come
  // later than the page: its field is left out of what was there before, too.
  function written(fields) {
    return JSON.stringify(fields.filter(([name]) => !editors.has(name)))
  }

  function watch(form) {
    let leaving = false
    const untold = Boolean(document.querySelector(".errornote"))
    // After Django's own scripts have set the form up; typing is not that quick.
    let before = null
    window.addEventListener("load", () => setTimeout(() => (before = [...new FormData(form)])))
    form.addEventListener("submit", () => (leaving = true))
    window.addEventListener("pageshow", () => (leaving = false))
    window.addEventListener("beforeunload", (event) => {
      const rewritten = [...editors.values()].some((one) => one.editor.getHTML() !== one.before)
      const changed = untold || rewritten || (before && written([...new FormData(form)]) !== written(before))
      if (changed && !leaving) event.preventDefault()
    })
  }

  // The list of errors is read first, and each of its lines leads into the field that it names.
  function leadToErrors() {
    const told = document.querySelector(".told-errors")
    if (!told) return
    // Django puts the cursor into the first field once it has loaded.
    window.addEventListener("load", () => setTimeout(() => told.focus(), 50))
    told.addEventListener("click", (event) => {
      const field = document.querySelector(event.target.closest("a")?.getAttribute("href") ?? null)
      if (!field) return
      event.preventDefault()
      const editor = editors.get(field.name)?.editor
      editor ? editor.commands.focus() : field.focus()
      field.closest(".form-row")?.scrollIntoView({ block: "center" })
    })
  }

  // A new entry goes to the end: its place is the next number.
  function placeLast({ target }) {
    const place = target.querySelector("input[name$=-position]")
    if (!place) return
    const others = [...document.querySelectorAll("input[name$=-position]")]
    const taken = others.filter((one) => one !== place && !one.name.includes("__prefix__"))
    place.value = Math.max(0, ...taken.map((one) => Number(one.value) || 0)) + 1
  }

  document.addEventListener("DOMContentLoaded", () => {
    nameGroups()
    leadToErrors()
    document.addEventListener("formset:added", placeLast)
    nameTables()
    document.addEventListener("formset:added", nameTables)
    const form = document.querySelector("#content-main > form")
    if (form) watch(form)
  })
})()
