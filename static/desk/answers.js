// What the server says after saving, put into the page: per row, and of the whole side.
import { closeCell } from "desk/cells"
import { byKey, cell, form, hidden, isPicture, isRich, number, rename, slot, textarea } from "desk/rows"
import { announce, say } from "desk/words"
import { element } from "tract/element"

export function apply(data, sent) {
  for (const [key, answer] of Object.entries(data.rows ?? {})) {
    const row = sent.find(([, posted]) => posted.key === key)?.[0] ?? byKey(key)
    if (row) applyTo(row, answer)
  }
  const people = document.getElementById("people")
  if (people && data.people) {
    people.hidden = data.people.length === 0
    people.querySelector("strong").textContent = data.people.join(", ")
  }
  if (data.source_moved !== undefined) {
    const notice = document.getElementById("source-moved")
    if (notice.hidden && data.source_moved) announce(notice.textContent.trim())
    notice.hidden = !data.source_moved
  }
  if (data.progress) showProgress(data.progress, data.left)
}

function showProgress({ done, of }, left) {
  const bar = document.getElementById("progress")
  bar.max = of
  bar.value = done
  document.getElementById("progress-words").textContent = left
    ? say("progressWords", { done, of, words: left.words.toLocaleString(document.documentElement.lang) })
    : say("progress", { done, of })
}

function applyTo(row, answer) {
  if (answer.key) rename(row, answer.key)
  // Where two wrote at once, the page goes on posting what it knew: its text is kept beside the
  // other one, and never written over it.
  if (answer.was !== undefined && !answer.conflict) hidden(row, "was").value = answer.was
  // A picture that is left out is still the one that may come back.
  if (answer.omitted && !answer.conflict && !isPicture(row)) empty(row)
  if (answer.kind) mark(row, answer)
  if (isPicture(row)) return
  if (answer.problems) showProblems(row, answer.problems)
  if (answer.others) showOthers(row, answer)
}

// Left out on purpose: what stood in the cell steps aside, and is shown beside it.
function empty(row) {
  textarea(row).value = ""
  if (!isRich(row)) return
  closeCell()
  cell(row).replaceChildren()
}

function mark(row, { kind, is_done: isDone, omitted, others = [] }) {
  const shown = row.querySelector(".mark")
  const done = isDone ?? (kind === "same" && textarea(row).value !== "")
  row.dataset.kind = kind
  row.classList.remove(...[...row.classList].filter((name) => name.startsWith("row-")))
  row.classList.add(`row-${kind}`)
  row.toggleAttribute("data-done", done)
  shown.className = `mark mark-${others.length && !omitted ? "changed" : done ? "done" : kind}`
  const name = isPicture(row) && !omitted ? "Carried" : nameOf({ kind, done, omitted, others })
  shown.textContent = say(`kind${name}`)
}

function nameOf({ kind, done, omitted, others }) {
  if (omitted) return "Omitted"
  if (others.length) return "Two"
  return done && kind !== "own" ? "Done" : kind[0].toUpperCase() + kind.slice(1)
}

// Only what is new is built, so that a reason that somebody is typing stays.
function showProblems(row, problems) {
  const place = slot(row, "problems")
  const before = new Map([...place.children].map((one) => [one.dataset.problem, one]))
  const now = problems.map((problem) => {
    const mark = JSON.stringify([problem.id, problem.message, problem.reason ?? ""])
    return before.get(mark) ?? [...before.values()].find((one) => same(one, problem)) ?? built(row, problem, mark)
  })
  const fresh = now.filter((one) => !place.contains(one))
  place.replaceChildren(...now)
  const text = fresh.map((one) => one.firstElementChild.textContent).join(" ")
  if (text) announce(say("problems", { number: number(row), text }))
}

const same = (node, { message, reason }) =>
  !reason && node.firstElementChild.textContent.trim() === message && !node.matches(".problem-left")

function built(row, { id, message, wall, note, reason }, mark) {
  const { key } = row.dataset
  const name = `reason-${key}-${id}`
  const parts = [element("p", {}, [message])]
  if (reason) parts.push(element("p", { class: "soft" }, [say("leftBecause", { reason })]))
  else if (wall) parts.push(element("p", { class: "soft" }, [say("wall")]))
  else if (!note) {
    parts.push(
      element("details", {}, [
        element("summary", {}, [say("leave")]),
        element("label", { for: name, class: "label" }, [say("reason")]),
        element("input", { type: "text", id: name, name, maxlength: 200, autocomplete: "off" }),
        element("button", { name: "do", value: `allow:${key}:${id}` }, [say("leaveIt")]),
      ]),
    )
  }
  const kinds = ["problem", wall && "problem-wall", reason && "problem-left"].filter(Boolean)
  return element("div", { class: kinds.join(" "), "data-problem": mark }, parts)
}

// A text of somebody else beside this cell; or, in a conflict, the text that stands, beside ours.
function showOthers(row, { others, conflict, text, by }) {
  const place = slot(row, "others")
  const isNews = others.length > place.children.length
  const mine = others.length - 1
  const blocks = conflict
    ? [block(row, { by: by === form.dataset.me ? "" : by, text }, say("stands"), [["take", "takeMine", mine], ["drop", "dropMine", mine]])]
    : others.map((other, n) => block(row, other, "", [["take", "take", n], ["drop", "drop", n]]))
  place.replaceChildren(...blocks)
  if (isNews) announce(say("conflict", { number: number(row) }))
}

function block(row, { by, text, number: place }, words, deeds) {
  const { lang, dir } = textarea(row)
  const shown = element("div", { class: "other-text", lang, dir })
  // Canonical HTML from our own server: the same that it writes into the page.
  if (isRich(row)) shown.innerHTML = text
  else shown.textContent = text
  const isMine = by && by === form.dataset.me
  const name = isMine ? say("wroteMyself") : by ? say("wrote", { person: by }) : say("wroteSomebody")
  const buttons = deeds.map(([act, label, n]) => {
    const value = `${act}:${row.dataset.key}:${place ?? n}`
    return element("button", { name: "do", value, class: act === "drop" && "quiet" }, [say(label)])
  })
  return element("section", { class: "other" }, [
    element("p", { class: "label" }, [name]),
    ...(words ? [element("p", {}, [words])] : []),
    shown,
    element("p", { class: "deeds-row" }, buttons),
  ])
}
