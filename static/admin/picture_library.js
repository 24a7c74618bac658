// The form above the library: files go at once, each tells what became of it.
import { element } from "tract/element"
import { takeDropped, uploadAll } from "tract/picture_upload"
import { word } from "tract/words"

const form = document.querySelector(".uploader")

function done(picture, sentences) {
  const link = element("a", { href: picture.page }, [picture.name])
  return [
    element("img", { src: picture.thumbnail, alt: "", width: picture.width, height: picture.height }),
    element("span", { class: "upload-name" }, [link]),
    element("span", { class: "upload-told" }, [sentences.join(" ")]),
    element("a", { href: picture.page }, [
      word("seePage"),
      element("span", { class: "visually-hidden" }, [`: ${picture.name}`]),
    ]),
  ]
}

function enhance() {
  const input = form.querySelector("[type=file]")
  const sum = form.querySelector(".uploader-sum")
  const list = form.querySelector(".uploads")
  const count = { added: 0, refused: 0 }

  function tell(picture) {
    if (picture) count.added += 1
    else count.refused += 1
    const parts = [`${word("added")} ${count.added}`]
    if (count.refused) parts.push(`${word("refused")} ${count.refused}`)
    sum.textContent = parts.join(" · ")
    again.hidden = !count.added
  }

  // Here, the list below is older than what has just come.
  const again = element("a", { href: form.dataset.library, hidden: true }, [word("showThem")])
  list.after(again)

  const take = (files) => uploadAll(files, list, { done, onEach: tell })

  form.classList.add("scripted")
  form.querySelector("[type=submit]").hidden = true
  form.append(element("p", { class: "uploader-drop", "aria-hidden": "true" }, [word("drop")]))
  input.required = false
  input.addEventListener("change", () => {
    take([...input.files])
    input.value = ""
  })
  form.addEventListener("submit", (event) => event.preventDefault())
  takeDropped(form, take)
}

if (form) enhance()
