// Adds a button after every number and every link marked with data-copy. Without this script the
// number is plain text, grouped for reading, and can be selected; a link's address can be copied.
const place = document.querySelector("[data-copy-texts]");
const announcer = document.querySelector("[data-copy-status]");

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

async function copy(element) {
  try {
    // Missing on plain HTTP: there the person copies the selection by hand.
    await navigator.clipboard.writeText(element.dataset.copy || element.href);
    return place.dataset.copiedText;
  } catch {
    if (!element.href) select(element);
    return place.dataset.selectedText ?? place.dataset.copyText;
  }
}

function addButton(element) {
  // The words of a link are not its address: there is nothing to select.
  if (element.href && !navigator.clipboard) return;
  const { copyText } = place.dataset;
  const button = document.createElement("button");
  const word = document.createElement("span");
  const name = document.createElement("span");
  button.type = "button";
  button.className = "copy";
  word.textContent = copyText;
  name.className = "visually-hidden";
  if (element.dataset.copyLang) name.lang = element.dataset.copyLang;
  name.textContent = ` ${element.dataset.copyName}`;
  button.append(word, name);
  button.addEventListener("click", async () => {
    const said = await copy(element);
    word.textContent = said;
    announcer.textContent = `${element.dataset.copyName}: ${said}`;
    setTimeout(() => {
      word.textContent = copyText;
      announcer.textContent = "";
    }, 4000);
  });
  element.after(button);
}

if (place && announcer) document.querySelectorAll("[data-copy]").forEach(addButton);
