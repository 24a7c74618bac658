// Before the first paint: scripts will come, so the text areas give way to cells. Where one of the
// modules cannot be loaded after all, the page goes back to the form that it is without them.
(() => {
  const root = document.documentElement
  root.classList.add("scripted")
  if (/Mac|iPhone|iPad/.test(navigator.platform)) root.classList.add("mac")
  const giveUp = ({ target }) => {
    if (target.tagName === "SCRIPT" || target.rel === "modulepreload") root.classList.remove("scripted")
  }
  window.addEventListener("error", giveUp, true)
})()
