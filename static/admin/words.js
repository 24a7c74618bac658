// The words of the editor, in the language of the interface: admin/includes/editor_words.html.
const words = document.getElementById("editor-words")?.dataset ?? {}

export const word = (name) => words[name] ?? name
