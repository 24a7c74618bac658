// A browser sends a half-typed day or time as an empty one, and nobody is told: the form stays until
// it is whole or gone. Not by the browser's own checks, which would also ask for what is required in
// fields that are hidden, and could not show where.
(() => {
  const MOMENTS = "input:is([type=datetime-local], [type=date], [type=time])"

  function unfinished(form) {
    return [...form.querySelectorAll(MOMENTS)].filter((input) => input.validity.badInput)
  }

  const messageOf = (input) => document.getElementById(`${input.id}_unfinished`)

  function describe(input, ids) {
    if (ids.length) input.setAttribute("aria-describedby", ids.join(" "))
    else input.removeAttribute("aria-describedby")
  }

  const descriptions = (input) => (input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)

  // As Django shows an error of a field, so that it looks and reads the same.
  function tell(input) {
    if (messageOf(input)) return
    const words = document.getElementById("editor-words").dataset.momentUnfinished
    const line = document.createElement("li")
    line.textContent = words
    const list = document.createElement("ul")
    list.className = "errorlist"
    list.id = `${input.id}_unfinished`
    list.append(line)
    const box = input.closest(".flex-container") ?? input
    box.before(list)
    box.parentElement.classList.add("errors")
    input.setAttribute("aria-invalid", "true")
    describe(input, [list.id, ...descriptions(input)])
  }

  function takeBack(input) {
    const list = messageOf(input)
    if (!list || input.validity.badInput) return
    describe(input, descriptions(input).filter((id) => id !== list.id))
    if (!list.parentElement.querySelector(".errorlist:not([id$=_unfinished])")) {
      list.parentElement.classList.remove("errors")
      input.removeAttribute("aria-invalid")
    }
    list.remove()
  }

  // Before anybody else hears of it: nothing is being sent.
  document.addEventListener(
    "submit",
    (event) => {
      const [first, ...others] = unfinished(event.target)
      if (!first) return
      event.preventDefault()
      event.stopPropagation()
      for (const input of [first, ...others]) tell(input)
      first.focus()
      first.closest(".form-row")?.scrollIntoView({ block: "center" })
    },
    true,
  )

  // What is left of it is emptied in a way of its own, of which not every browser says “input”.
  for (const type of ["input", "change", "focusout", "keyup"]) {
    document.addEventListener(type, ({ target }) => target.matches?.(MOMENTS) && takeBack(target))
  }
})()
