// An element with its attributes and what stands in it. `true` is an attribute without a value;
// false, null and undefined are none.
export function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value)
  }
  made.append(...children)
  return made
}
