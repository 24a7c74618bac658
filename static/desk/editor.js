// The rich-text editor for one cell: the admin's, with the same extensions and tools.
import * as base from "django-prose-editor/editor"
import { form } from "desk/rows"
import * as link from "tract/link"
import * as phrase from "tract/phrase"
import * as toolbar from "tract/toolbar"

const KNOWN = { ...base, ...phrase, ...link, ...toolbar }
const WANTED = Object.entries(JSON.parse(form.dataset.extensions))

const extensions = WANTED.filter(([name]) => KNOWN[name]).map(([name, options]) =>
  typeof options === "object" ? KNOWN[name].configure(options) : KNOWN[name],
)

// Before the toolbar's own Escape, which leads to the tools: here Alt-F10 does.
const leaving = (leave) =>
  base.Extension.create({
    name: "leaving",
    priority: 1000,
    addKeyboardShortcuts() {
      return { Escape: () => (leave(), true) }
    },
  })

const isNothing = (html) => !html.includes("<hr") && !html.replace(/<[^>]*>/g, "").trim()

export function mount({ element, content, attributes, onChange, leave }) {
  return new base.Editor({
    element,
    content,
    extensions: [...extensions, leaving(leave)],
    // Its style would be a <style> in the page; it stands in writing.css.
    injectCSS: false,
    editorProps: { attributes },
    onUpdate: ({ editor }) => {
      const html = editor.getHTML()
      onChange(isNothing(html) ? "" : html)
    },
  })
}
