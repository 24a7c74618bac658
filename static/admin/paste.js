// What is pasted from elsewhere arrives in the blocks that a text can hold, and says what did not.
(() => {
  const words = () => document.getElementById("editor-words")?.dataset ?? {}

  // A table becomes a line per row, so that hours never run together; headings keep their rank.
  function readable(html) {
    // Styles of another page are not ours. Taken out before it is read: the browser would complain
    // of each. What is in a text and only looks like a style is not worth keeping them for.
    const plain = html.replace(/(<[^>]*?)\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "$1")
    const page = new DOMParser().parseFromString(plain, "text/html")
    for (const table of page.querySelectorAll("table")) {
      const rows = [...table.querySelectorAll("tr")].map((row) => {
        const line = page.createElement("p")
        const cells = [...row.querySelectorAll("td, th")]
        line.textContent = cells.map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join(" | ")
        return line
      })
      table.replaceWith(...rows)
    }
    for (const [from, to] of [["h1", "h2"], ["h4, h5, h6", "h3"]]) {
      for (const heading of page.querySelectorAll(from)) {
        const other = page.createElement(to)
        other.append(...heading.childNodes)
        heading.replaceWith(other)
      }
    }
    return page
  }

  function tell(area, text) {
    const id = `${area.id || "editor"}-pasted`
    let note = area.parentElement.querySelector(".pasted-note")
    if (!note) {
      note = document.createElement("p")
      note.className = "help pasted-note"
      note.setAttribute("role", "status")
      note.id = id
      area.after(note)
    }
    note.textContent = text
  }

  document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => {
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        transformPastedHTML(html) {
          const page = readable(html)
          const lost = page.querySelectorAll("img:not([src^='ref:']), video, audio, iframe, svg").length > 0
          tell(editor.view.dom, lost ? words().pasteLost : "")
          return page.body.innerHTML
        },
      },
    })
  })
})()
