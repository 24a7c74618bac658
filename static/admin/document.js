// The editing areas of translated fields know their language: for spelling, direction, and voice.
const LANGUAGE = /_([a-z]{2})$/;

document.addEventListener("prose-editor:ready", (event) => {
  const { textarea, editor } = event.detail;
  const area = editor.view.dom;
  for (const name of ["lang", "dir", "spellcheck"]) {
    if (textarea.hasAttribute(name)) area.setAttribute(name, textarea.getAttribute(name));
  }
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (label) {
    label.id ||= `${textarea.id}_label`;
    area.setAttribute("aria-labelledby", label.id);
  }
});
