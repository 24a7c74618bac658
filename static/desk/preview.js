// The preview in a panel of its own, made anew with every save while it is open.
import { form } from "desk/rows"
import { flush, onSaved } from "desk/saving"
import { announce, say } from "desk/words"

const roomy = window.matchMedia("(min-width: 64rem)")
const panel = document.getElementById("preview")
const sheet = document.getElementById("preview-page")
let opener = null

async function fill() {
  try {
    const headers = { "X-Requested-With": "fetch" }
    const response = await fetch(form.dataset.preview, { headers, redirect: "error" })
    if (!response.ok) throw new Error(response.status)
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    sheet.replaceChildren(...page.querySelector("#previewed").childNodes)
  } catch {
    sheet.textContent = say("previewFailed")
    announce(say("previewFailed"))
  }
}

export async function open(button) {
  opener = button
  await flush()
  await fill()
  if (panel.open) return
  // Beside the text where there is room, so that one can go on writing; over it where there is none.
  if (roomy.matches) panel.show()
  else panel.showModal()
  document.body.classList.toggle("with-preview", roomy.matches)
}

export function listen() {
  onSaved(() => panel.open && fill())
  panel.addEventListener("close", () => {
    document.body.classList.remove("with-preview")
    opener?.focus()
  })
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && panel.close())
  panel.addEventListener("click", ({ target }) => {
    // The dialog itself is pressed only beside what it holds.
    if (target === panel || target.closest("[data-act='close-preview']")) panel.close()
  })
}
