// Files sent to the library, one after the other, each with what becomes of it in words.
import { element } from "tract/element"
import { learn } from "tract/picture_known"
import { word } from "tract/words"

// The server prepares so many at once; whoever comes then is asked to come again.
const PATIENCE = { tries: 6, pause: 5000 }
const BUSY = 503

class Failed extends Error {
  constructor(message, { again = false, status = 0 } = {}) {
    super(message)
    Object.assign(this, { again, status })
  }
}

function send(file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", word("uploadUrl"))
    request.setRequestHeader("Accept", "application/json")
    request.setRequestHeader(
      "X-CSRFToken",
      document.querySelector("[name=csrfmiddlewaretoken]").value,
    )
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total))
    request.upload.addEventListener("load", () => onProgress(1))
    request.addEventListener("error", () => reject(new Failed(word("broken"), { again: true })))
    request.addEventListener("load", () => {
      const answer = read(request)
      if (request.status === 200 && answer.picture) return resolve(answer)
      const again = request.status >= 500
      reject(new Failed(answer.error ?? word("failed"), { again, status: request.status }))
    })
    const data = new FormData()
    data.append("file", file)
    request.send(data)
  })
}

function read(request) {
  try {
    return JSON.parse(request.responseText)
  } catch {
    return {}
  }
}

async function sendPatiently(file, onProgress) {
  for (let left = PATIENCE.tries; ; left -= 1) {
    try {
      return await send(file, onProgress)
    } catch (error) {
      if (error.status !== BUSY || !left) throw error
      await new Promise((resolve) => setTimeout(resolve, PATIENCE.pause))
    }
  }
}

let turn = Promise.resolve()

// One line for a file: its name, how far it is, then what was taken out of it or why it is refused.
// Resolves to what is known of the picture, or to null. `done` makes what stands there in the end.
function line(list, file, done) {
  const bar = element("progress", { max: "1", value: "0", "aria-label": file.name })
  const told = element("span", { class: "upload-told" }, [word("waiting")])
  const item = element("li", { class: "upload" }, [
    element("span", { class: "upload-name" }, [file.name]),
    bar,
    told,
  ])
  list.append(item)

  function progress(share) {
    if (share < 1) {
      bar.value = share
      told.textContent = `${Math.round(share * 100)} %`
    } else {
      // How long that takes, nobody knows.
      bar.removeAttribute("value")
      told.textContent = word("preparing")
    }
  }

  async function go() {
    try {
      const { picture, told: sentences } = await sendPatiently(file, progress)
      learn(picture)
      item.classList.add("upload-done")
      item.replaceChildren(...done(picture, sentences))
      return picture
    } catch (error) {
      item.classList.add("upload-refused")
      item.replaceChildren(
        element("strong", { class: "upload-name" }, [file.name]),
        element("span", { class: "upload-told" }, [error.message]),
        ...(error.again ? [retry()] : []),
      )
      return null
    }
  }

  function retry() {
    const button = element("button", { type: "button" }, [word("again")])
    button.addEventListener("click", () => {
      item.classList.remove("upload-refused")
      item.replaceChildren(element("span", { class: "upload-name" }, [file.name]), bar, told)
      item.dispatchEvent(new CustomEvent("again", { bubbles: true, detail: { go: () => queued(go) } }))
    })
    return button
  }

  return () => queued(go)
}

function queued(go) {
  const mine = turn.then(go)
  turn = mine.catch(() => {})
  return mine
}

// Sends `files`, each with a line in `list`. `onEach(picture or null, file)` hears of every one.
export function uploadAll(files, list, { done, onEach }) {
  const again = ({ detail, target }) => detail.go().then((picture) => onEach(picture, target))
  list.addEventListener("again", again)
  const going = [...files].map((file) => {
    const go = line(list, file, done)
    return go().then((picture) => {
      onEach(picture, file)
      return picture
    })
  })
  return Promise.all(going)
}

// Files dropped onto `place` are handed to `take`.
export function takeDropped(place, take) {
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files")
  const mark = (is) => place.classList.toggle("dropping", is)
  for (const name of ["dragenter", "dragover"]) {
    place.addEventListener(name, (event) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      mark(true)
    })
  }
  place.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!place.contains(relatedTarget)) mark(false)
  })
  place.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    mark(false)
    take([...event.dataTransfer.files])
  })
}
