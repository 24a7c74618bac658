// A dialog in which a picture is chosen: of this text, of the library, or a new one.
import { element } from "tract/element"
import { search } from "tract/picture_known"
import { takeDropped, uploadAll } from "tract/picture_upload"
import { word } from "tract/words"

let count = 0

function choice(about, choose) {
  const button = element("button", { type: "button", class: "picker-one" }, [
    about.thumbnail
      ? element("img", {
          src: about.thumbnail,
          alt: "",
          width: about.width,
          height: about.height,
          loading: "lazy",
        })
      : element("span", { class: "picture-gone", "aria-hidden": "true" }),
    element("span", { class: "picture-name" }, [about.name]),
    ...(about.whyNot ? [element("span", { class: "picker-closed" }, [word("closed")])] : []),
  ])
  button.addEventListener("click", () => choose(about))
  return element("li", {}, [button])
}

function section(title, children) {
  return element("section", {}, [element("h3", {}, [title]), ...children])
}

// What is found in the library, more on demand, as somebody types.
function library(prefix, choose) {
  const input = element("input", {
    type: "search",
    id: `${prefix}-search`,
    autocomplete: "off",
    "aria-describedby": `${prefix}-search-help`,
  })
  const list = element("ul", { class: "picker-grid" })
  const told = element("p", { class: "picker-told", role: "status" })
  const more = element("button", { type: "button", hidden: true }, [word("more")])
  let page = 0
  let asking = 0

  async function ask(words, wanted) {
    const mine = ++asking
    try {
      const answer = await search(words, wanted)
      // Somebody has typed on meanwhile.
      if (mine !== asking) return
      page = wanted
      if (wanted === 1) list.replaceChildren()
      const first = list.children.length
      list.append(...answer.pictures.map((about) => choice(about, choose)))
      const focused = document.activeElement === more
      more.hidden = !answer.more
      if (focused) list.children[first]?.querySelector("button").focus()
      const shown = list.children.length
      told.textContent = shown ? `${word("found")} ${shown}` : word("none")
    } catch (error) {
      told.textContent = error.message
    }
  }

  let pause = 0
  input.addEventListener("input", () => {
    clearTimeout(pause)
    pause = setTimeout(() => ask(input.value, 1), 250)
  })
  more.addEventListener("click", () => ask(input.value, page + 1))
  ask("", 1)
  const made = section(word("library"), [
    element("label", { for: input.id }, [word("search")]),
    input,
    element("p", { id: `${prefix}-search-help`, class: "ask-help" }, [word("searchHelp")]),
    told,
    list,
    more,
  ])
  return { made, input }
}

function upload(prefix, choose) {
  const input = element("input", {
    type: "file",
    id: `${prefix}-file`,
    accept: "image/*",
    "aria-describedby": `${prefix}-file-help`,
  })
  const list = element("ol", { class: "uploads", "aria-live": "polite" })
  const done = (picture) => [element("span", { class: "upload-name" }, [picture.name])]
  const take = (files) =>
    uploadAll(files.slice(0, 1), list, { done, onEach: (picture) => picture && choose(picture) })
  input.addEventListener("change", () => {
    take([...input.files])
    input.value = ""
  })
  const made = element("section", { class: "picker-new" }, [
    element("label", { for: input.id }, [word("new")]),
    input,
    element("p", { id: `${prefix}-file-help`, class: "ask-help" }, [word("newHelp")]),
    list,
  ])
  takeDropped(made, take)
  return made
}

// Resolves to what is known of the chosen picture, or to null. `here` are those of this text.
export function pick({ title, here = [] }) {
  const prefix = `picker-${++count}`
  const returnTo = document.activeElement
  const dialog = element("dialog", {
    class: "ask picker",
    "aria-labelledby": `${prefix}-title`,
  })
  let answer = null
  const choose = (about) => {
    answer = about
    dialog.close()
  }
  const { made, input } = library(prefix, choose)
  const cancel = element("button", { type: "button" }, [word("cancel")])
  cancel.addEventListener("click", () => dialog.close())
  const ofThisText = element("ul", { class: "picker-grid" })
  ofThisText.append(...here.map((about) => choice(about, choose)))
  dialog.append(
    element("h2", { id: `${prefix}-title` }, [title]),
    upload(prefix, choose),
    ...(here.length ? [section(word("here"), [ofThisText])] : []),
    made,
    element("div", { class: "ask-buttons picker-end" }, [cancel]),
  )
  // Outside the admin's own form: what is typed here is no part of it.
  document.body.append(dialog)
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove()
      returnTo?.focus()
      resolve(answer)
    })
    dialog.showModal()
    input.focus()
  })
}
