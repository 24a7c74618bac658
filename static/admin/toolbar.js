// The tools above an editing area: WAI-ARIA's toolbar pattern, one tab stop, arrows inside.
import { Extension, ListItem as BaseListItem, Plugin } from "django-prose-editor/editor"
import { readSelection } from "tract/dialog"
import { element } from "tract/element"
import { word } from "tract/words"

// How far the caret keeps from what sticks to the window's edges: tools above, save bar below.
const KEEP = { top: 60, right: 5, bottom: 110, left: 5 }

const selects = (editor) => !editor.state.selection.empty
const heading = (level) => ({
  active: (editor) => editor.isActive("heading", { level }),
  run: (chain) => chain.toggleHeading({ level }),
  can: (can) => can.toggleHeading({ level }),
})
const mark = (name) => ({
  active: (editor) => editor.isActive(name),
  run: (chain) => chain.toggleMark(name),
  can: (can) => can.toggleMark(name),
})
const list = (name, command) => ({
  active: (editor) => editor.isActive(name),
  run: (chain) => chain[command](),
  can: (can) => can[command](),
})
const act = (command, ...given) => ({
  run: (chain) => chain[command](...given),
  can: (can) => can[command](...given),
})
// Only beside a document that has pictures, in an editor that knows them.
const picture = {
  there: (editor) => editor.schema.nodes.picture && document.querySelector(".figures .empty-form"),
  ask: (editor) => editor.commands.choosePicture(),
}
const asking = (name, command) => ({
  active: (editor) => editor.isActive(name),
  enabled: (editor) => selects(editor) || editor.isActive(name),
  ask: (editor) => editor.commands[command](),
})

const GROUPS = [
  {
    text: { active: (editor) => editor.isActive("paragraph"), run: (chain) => chain.setParagraph() },
    heading: heading(2),
    subheading: heading(3),
  },
  { bold: mark("bold"), italic: mark("italic") },
  { link: asking("link", "editLink"), phrase: asking("phrase", "editPhrase") },
  {
    bullets: list("bulletList", "toggleBulletList"),
    numbers: list("orderedList", "toggleOrderedList"),
    indent: act("sinkListItem", "listItem"),
    outdent: act("liftListItem", "listItem"),
  },
  { quote: list("blockquote", "toggleBlockquote"), rule: act("setHorizontalRule"), picture },
  { undo: act("undo"), redo: act("redo") },
]

function tool(editor, name, definition) {
  const button = element("button", {
    type: "button",
    class: `tool tool-${name}`,
    "aria-label": word(name),
    title: word(name),
    tabindex: "-1",
    "aria-pressed": definition.active ? "false" : null,
  })
  const isEnabled = () =>
    definition.enabled?.(editor) ?? definition.can?.(editor.can()) ?? true
  // The selection stays in the text while a pointer presses the button.
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => {
    if (!isEnabled()) return
    // At once: the command `focus` waits for a frame, and what is typed meanwhile would be lost.
    editor.view.focus()
    if (definition.ask) definition.ask(editor)
    else definition.run(editor.chain()).run()
  })
  editor.on("transaction", () => {
    if (definition.active) button.setAttribute("aria-pressed", String(definition.active(editor)))
    // Not `disabled`: a tool that cannot be used now must not lose the focus.
    button.setAttribute("aria-disabled", String(!isEnabled()))
  })
  return button
}

// Many toolbars stand on one page: each is called by its field.
function label(editor) {
  const textarea = editor.view.dom.closest(".prose-editor")?.querySelector("textarea")
  const field = textarea && document.querySelector(`label[for="${textarea.id}"]`)
  const name = field?.textContent.replace(/\s*:\s*$/, "")
  return name ? `${word("tools")}: ${name}` : word("tools")
}

function build(editor) {
  const bar = element("div", { class: "tools", role: "toolbar", "aria-label": label(editor) })
  for (const group of GROUPS) {
    const there = Object.entries(group).filter(([, { there }]) => !there || there(editor))
    const made = there.map(([name, definition]) => tool(editor, name, definition))
    bar.append(element("div", { class: "tool-group" }, made))
  }
  const tools = [...bar.querySelectorAll("button")]
  tools[0].tabIndex = 0
  const move = (to) => {
    for (const one of tools) one.tabIndex = one === to ? 0 : -1
    to.focus()
  }
  bar.addEventListener("focusin", ({ target }) => {
    for (const one of tools) one.tabIndex = one === target ? 0 : -1
  })
  bar.addEventListener("keydown", (event) => {
    const at = tools.indexOf(document.activeElement)
    const forwards = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    const places = { Home: 0, End: tools.length - 1, ArrowLeft: at - 1, ArrowRight: at - 1 }
    places[forwards] = at + 1
    if (event.key === "Escape") editor.view.focus()
    else if (event.key in places) move(tools.at(places[event.key] % tools.length))
    else return
    event.preventDefault()
  })
  return bar
}

export const Toolbar = Extension.create({
  name: "toolbar",

  addStorage() {
    return { bar: null }
  },

  onCreate({ editor }) {
    if (!editor.isEditable) return
    this.storage.bar = build(editor)
    editor.view.dom.before(this.storage.bar)
    // An empty transaction: every tool learns its state.
    editor.view.dispatch(editor.state.tr)
  },

  onDestroy() {
    this.storage.bar?.remove()
  },

  addKeyboardShortcuts() {
    // Out of the text by keyboard: WCAG 2.1.2. Alt-F10 is what other editors use.
    const leave = () => {
      const bar = this.storage.bar
      readSelection(this.editor)
      bar?.querySelector('[tabindex="0"]').focus()
      return Boolean(bar)
    }
    return { Escape: leave, "Alt-F10": leave }
  },

  addProseMirrorPlugins() {
    return [new Plugin({ props: { scrollThreshold: KEEP, scrollMargin: KEEP } })]
  },
})

// Tab goes to the next field from everywhere; lists have buttons and brackets for their levels.
export const ListItem = BaseListItem.extend({
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Mod-]": () => this.editor.commands.sinkListItem(this.name),
      "Mod-[": () => this.editor.commands.liftListItem(this.name),
    }
  },
})
