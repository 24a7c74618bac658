// The keyboard of the desk. None of these belongs to a browser or a screen reader; on a Mac the
// Option key writes letters (ç) and VoiceOver has Control with Option, so there it is Ctrl-Shift.
import { nextToDo, step } from "desk/moving"
import { currentRow, form } from "desk/rows"
import { flush } from "desk/saving"
import { copySource, insert } from "desk/suggestions"

const isMac = document.documentElement.classList.contains("mac")

function deed(event) {
  const { altKey, ctrlKey, metaKey, shiftKey, key, code } = event
  if (key.toLowerCase() === "s" && (isMac ? metaKey || ctrlKey : ctrlKey) && !altKey && !shiftKey) {
    return () => flush({ aloud: true })
  }
  if (key === "Enter" && ctrlKey && !altKey) return shiftKey ? nextToDo : () => step(1)
  const isOurs = isMac ? ctrlKey && shiftKey && !altKey : altKey && !ctrlKey
  if (!isOurs || metaKey || event.getModifierState("AltGraph")) return null
  if (!isMac && key === "ArrowDown") return shiftKey ? nextToDo : () => step(1)
  if (!isMac && key === "ArrowUp" && !shiftKey) return () => step(-1)
  const row = currentRow()
  if (!row || (shiftKey && !isMac)) return null
  if (code === "KeyC") return () => copySource(row)
  // By place, not by sign: on a French keyboard, figures need Shift.
  const digit = /^(?:Digit|Numpad)([1-3])$/.exec(code)
  return digit && (() => insert(row, Number(digit[1])))
}

export function listen() {
  // Before the editor hears of it. A character that is being composed belongs to its input method.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || document.querySelector("dialog:modal")) return
      const isInside = form.contains(event.target) || event.target === document.body
      const act = isInside && deed(event)
      if (!act) return
      event.preventDefault()
      event.stopPropagation()
      act()
    },
    true,
  )
}
