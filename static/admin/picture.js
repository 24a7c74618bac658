// A picture between the paragraphs of a text: stored as a reference, shown as what it is.
import { Document as BaseDocument, Node, Plugin, getHTMLFromFragment, pm } from "django-prose-editor/editor"
import { readSelection } from "tract/dialog"
import { element } from "tract/element"
import { word } from "tract/words"

const REFERENCE = /^ref:pictures\.picture\/(\d+)$/
const { NodeSelection, TextSelection } = pm.state
const key = ({ attrs: { src } }) => Number(REFERENCE.exec(src)[1])

// It stands between blocks and in none of them, as in canonical HTML.
export const Document = BaseDocument.extend({ content: "(block | picture)+" })

// As HTML, without the page's own document: there, an image would be asked for as soon as it is
// made, at an address that is none.
const quiet = document.implementation.createHTMLDocument("")

function quietHTML(editor) {
  // The serialiser is kept with the schema by whoever asks for it first.
  getHTMLFromFragment(pm.model.Fragment.empty, editor.schema)
  const serializer = pm.model.DOMSerializer.fromSchema(editor.schema)
  const box = quiet.createElement("div")
  serializer.serializeFragment(editor.state.doc.content, { document: quiet }, box)
  return box.innerHTML
}

// What the editor shows of it: its thumbnail and its name, and whether readers will see it.
function look(node) {
  const pk = key(node)
  const name = element("span", { class: "picture-node-name" }, [`${word("picture")} ${pk}`])
  const note = element("span", { class: "picture-node-note" })
  const dom = element("figure", { class: "picture-node", contenteditable: "false" }, [
    element("span", { class: "picture-gone", "aria-hidden": "true" }),
    element("figcaption", {}, [name, " ", note]),
  ])
  let unwatch = () => {}

  async function fill() {
    // Only where a document has pictures: the translators' desk has none of this.
    const [{ about }, { isHere, onChange }] = await Promise.all([
      import("tract/picture_known"),
      import("tract/picture_rows"),
    ])
    const tell = () => {
      note.textContent = isHere(pk) ? "" : word("notHere")
    }
    unwatch = onChange(tell)
    tell()
    const found = await about(pk)
    if (!found) return
    name.textContent = found.name
    if (!found.thumbnail) return
    dom.firstChild.replaceWith(
      element("img", { src: found.thumbnail, alt: "", width: found.width, height: found.height }),
    )
  }

  if (document.querySelector(".figures")) fill()
  return {
    dom,
    ignoreMutation: () => true,
    update: (other) => other.type.name === "picture" && other.attrs.src === node.attrs.src,
    destroy: () => unwatch(),
  }
}

// After the block in which the caret stands; in place of it where that is an empty paragraph. What
// is typed next stands below the picture and does not replace it.
function insert(pk) {
  return ({ state, tr, dispatch }) => {
    if (!dispatch) return true
    const { $to } = tr.selection
    const picture = state.schema.nodes.picture.create({ src: `ref:pictures.picture/${pk}` })
    const block = $to.depth ? $to.node(1) : null
    const isEmpty = block?.type.name === "paragraph" && !block.content.size
    const at = block ? (isEmpty ? $to.before(1) : $to.after(1)) : tr.selection.to
    tr.replaceWith(at, isEmpty ? $to.after(1) : at, picture)
    const after = at + picture.nodeSize
    if (!tr.doc.nodeAt(after)?.isTextblock) tr.insert(after, state.schema.nodes.paragraph.create())
    tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView()
    return true
  }
}

async function choose(editor) {
  readSelection(editor)
  const [{ pick }, rows] = await Promise.all([
    import("tract/picture_picker"),
    import("tract/picture_rows"),
  ])
  const about = await pick({ title: word("choose"), here: rows.here() })
  editor.view.focus()
  if (!about) return
  if (!rows.isHere(about.pk)) rows.add(about, "text")
  editor.chain().command(insert(about.pk)).run()
}

// What is typed while a picture is selected stands below it: one key must not lose a picture.
function typeBelow(view, _from, _to, text) {
  const { selection, schema, tr } = view.state
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== "picture") return false
  const at = selection.to
  tr.insert(at, schema.nodes.paragraph.create(null, schema.text(text)))
  tr.setSelection(TextSelection.create(tr.doc, at + 1 + text.length)).scrollIntoView()
  view.dispatch(tr)
  return true
}

export const Picture = Node.create({
  name: "picture",
  atom: true,
  selectable: true,
  draggable: true,

  addAttributes() {
    return { src: { default: null } }
  },

  parseHTML() {
    const ours = (image) => REFERENCE.test(image.getAttribute("src")) && null
    return [{ tag: "img[src]", getAttrs: ours }]
  },

  renderHTML({ HTMLAttributes }) {
    return ["img", HTMLAttributes]
  },

  renderText: () => "",

  addNodeView() {
    return ({ node }) => look(node)
  },

  onBeforeCreate() {
    const { editor } = this
    editor.getHTML = () => quietHTML(editor)
  },

  addCommands() {
    return {
      choosePicture:
        () =>
        ({ editor }) => {
          choose(editor)
          return true
        },
    }
  },

  addProseMirrorPlugins() {
    return [new Plugin({ props: { handleTextInput: typeBelow } })]
  },
})
