// The pictures in a document's form.
import { all, ask, changed, enhance, group, isFilling, lookAgain } from "tract/picture_rows"

// The empty row is for whoever has no scripts. It goes before Django's own script counts the rows,
// which it does once the page is there.
function takeBlankAway() {
  const total = group.querySelector("[name$=-TOTAL_FORMS]")
  for (const row of group.querySelectorAll(".figure-row.blank:not(.empty-form)")) {
    row.remove()
    total.value = Number(total.value) - 1
  }
}

function watch() {
  document.addEventListener("formset:added", async ({ target }) => {
    if (!group.contains(target)) return
    enhance(target)
    // Whoever adds a row by hand wants to choose; where they do not, there is nothing to keep.
    if (!isFilling() && !(await ask(target))) target.querySelector(".inline-deletelink")?.click()
  })
  document.addEventListener("formset:removed", changed)
  group.addEventListener("change", ({ target }) => {
    if (target.name?.endsWith("-DELETE")) changed()
  })
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") lookAgain().catch(() => {})
  })
}

if (group) {
  takeBlankAway()
  all().forEach(enhance)
  watch()
}
