// What only call-outs or only questions and answers have is shown with them, unless it is filled in.
document.addEventListener("DOMContentLoaded", () => {
  const kind = document.getElementById("id_kind")
  if (!kind) return
  const parts = [
    ["callout", document.querySelector(".module:has(.field-starts_at)")],
    ["callout", ...document.querySelectorAll('.form-row[class*="field-place_"]')],
    ["faq", document.getElementById("entries-group")],
  ]

  function isFilled(part) {
    const inputs = [...part.querySelectorAll("input, textarea")]
    return inputs.some(({ type, name, value, checked, validity }) => {
      if (["hidden", "submit"].includes(type) || /time_zone|__prefix__/.test(name)) return false
      return type === "checkbox" ? checked : Boolean(value) || validity.badInput
    })
  }

  function show() {
    for (const [only, ...found] of parts) {
      // Both languages of a field, or none of them: they stand in one row.
      const shown = kind.value === only || found.some((part) => part && (isFilled(part) || part.querySelector(".errorlist")))
      for (const part of found) if (part) part.hidden = !shown
    }
  }

  kind.addEventListener("change", show)
  show()
})
