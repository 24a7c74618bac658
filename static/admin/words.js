// The words of the editor and of its pictures, in the language of the interface. They stand in the
// page: admin/includes/editor_words.html, admin/pictures/includes/words.html.
const ids = ["editor-words", "picture-words"]
const words = Object.assign({}, ...ids.map((id) => ({ ...document.getElementById(id)?.dataset })))

export const word = (name) => words[name] ?? name
