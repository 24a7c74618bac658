// The desk: what is pressed anywhere is heard here, and every module minds one thing.
import * as cells from "desk/cells"
import * as keys from "desk/keys"
import * as moving from "desk/moving"
import * as preview from "desk/preview"
import { form } from "desk/rows"
import * as saving from "desk/saving"
import * as suggestions from "desk/suggestions"

const DEEDS = {
  previous: () => moving.page(-1),
  next: () => moving.page(1),
  preview: (event) => {
    event.preventDefault()
    preview.open(event.target.closest("[data-act]"))
  },
  leave: async (event) => {
    event.preventDefault()
    const { href } = event.target.closest("a")
    if (await saving.flush()) location.href = href
  },
  save: (event) => {
    event.preventDefault()
    saving.flush({ aloud: true })
  },
}

cells.onChange(saving.touched)
for (const module of [saving, suggestions, moving, preview, keys]) module.listen()
cells.listen(form)

form.addEventListener("click", (event) => {
  // With Ctrl and the like, a link still opens in a tab of its own.
  if (event.ctrlKey || event.metaKey || event.shiftKey) return
  DEEDS[event.target.closest("[data-act]")?.dataset.act]?.(event)
})

// A text area grows with its text, also where style sheets cannot say so yet.
if (!CSS.supports("field-sizing: content")) {
  form.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea.typed")) return
    target.style.blockSize = "auto"
    target.style.blockSize = `${target.scrollHeight + 2}px`
  })
}

const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 500))
idle(() => cells.load(), { timeout: 3_000 })
