// Ask for a few values in a modal dialog that is labelled, works by keyboard and says what is wrong.
import { element } from "tract/element"
import { word } from "tract/words"

let count = 0

// The browser tells of a new selection only later, and a quick hand presses the next key before:
// the selection is read now, while the text still has the focus.
export function readSelection({ view }) {
  view.domObserver.forceFlush()
  view.domObserver.flush()
}

// Ask about what is selected, or about the mark of that name around the caret; then do it.
export async function askAbout(editor, mark, question, apply) {
  readSelection(editor)
  if (editor.state.selection.empty && !editor.isActive(mark)) return
  const answer = await question(editor)
  editor.view.focus()
  if (!answer) return
  const chain = editor.isActive(mark) ? editor.chain().extendMarkRange(mark) : editor.chain()
  if (answer === "remove") chain.unsetMark(mark).run()
  else apply(chain, answer).run()
}

function row(field, value, prefix) {
  const id = `${prefix}-${field.name}`
  const attributes = { id, name: field.name, ...field.attributes }
  const described = [field.help && `${id}-help`, `${id}-error`].filter(Boolean).join(" ")
  const input = field.choices
    ? element(
        "select",
        { ...attributes, "aria-describedby": described },
        field.choices.map(([key, label, lang]) =>
          element("option", { value: key, lang }, [label]),
        ),
      )
    : element("input", { type: "text", ...attributes, "aria-describedby": described })
  input.value = value ?? ""
  return element("div", { class: "ask-field" }, [
    element("label", { for: id }, [field.label]),
    input,
    ...(field.help ? [element("p", { id: `${id}-help`, class: "ask-help" }, [field.help])] : []),
    element("p", { id: `${id}-error`, class: "ask-error", role: "alert" }),
  ])
}

// Resolves to the values by name, to "remove", or to null where the person went back. Each of
// `fields` has name and label, and may have choices, help, attributes and check(value, values),
// which returns what is wrong.
export function ask({ title, fields, values = {}, removable = false }) {
  const prefix = `ask-${++count}`
  const form = element("form", { method: "dialog", novalidate: true }, [
    element("h2", { id: `${prefix}-title` }, [title]),
    ...fields.map((field) => row(field, values[field.name], prefix)),
    element("div", { class: "ask-buttons" }, [
      element("button", { type: "submit", class: "default" }, [word("apply")]),
      ...(removable ? [element("button", { type: "button", name: "remove" }, [word("remove")])] : []),
      element("button", { type: "button", name: "cancel" }, [word("cancel")]),
    ]),
  ])
  const dialog = element("dialog", { class: "ask", "aria-labelledby": `${prefix}-title` }, [form])
  // Outside the admin's own form: a form inside a form would be sent with it.
  document.body.append(dialog)

  return new Promise((resolve) => {
    let answer = null
    const close = (value) => {
      answer = value
      dialog.close()
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const given = Object.fromEntries(new FormData(form))
      const wrong = fields.filter((field) => !passes(field, given, form))
      if (wrong.length) form.elements[wrong[0].name].focus()
      else close(given)
    })
    form.elements.cancel.addEventListener("click", () => close(null))
    form.elements.remove?.addEventListener("click", () => close("remove"))
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(answer)
    })
    dialog.showModal()
    form.elements[fields[0].name].focus()
  })
}

function passes(field, given, form) {
  const input = form.elements[field.name]
  const problem = field.check?.(given[field.name].trim(), given) ?? ""
  document.getElementById(`${input.id}-error`).textContent = problem
  input.setAttribute("aria-invalid", problem ? "true" : "false")
  return !problem
}
