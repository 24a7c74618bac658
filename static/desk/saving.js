// Autosave: when, with what, and what the page says about it.
import { apply } from "desk/answers"
import { pause, post, recovered, renew, untilLoggedIn } from "desk/connection"
import * as queue from "desk/queue"
import { form, rowOf } from "desk/rows"
import { announce, say } from "desk/words"
import { element } from "tract/element"

// What a browser still sends of a page that is being left.
const MOST_KEPT_ALIVE = 60_000
const STAY_QUIET = 60_000
const PRESENCE = 45_000

const state = document.getElementById("saved")
const followers = []
let running = null
let isLoggedOut = false
let isRefused = false
let isLeaving = false
let wasInTrouble = false
let lastSpoken = 0

export const onSaved = (follow) => followers.push(follow)

function tell(words, { isTrouble = false, aloud = isTrouble } = {}) {
  state.replaceChildren(words)
  state.classList.toggle("is-trouble", isTrouble)
  if (aloud && !(isTrouble && wasInTrouble)) announce(state.textContent)
  wasInTrouble = isTrouble
}

// Saves what is unsaved; true where nothing is left to save. `aloud` for who pressed a key for it.
export async function flush({ aloud = false, keepalive = false } = {}) {
  while (running) await running
  const sent = queue.take()
  if (isLoggedOut) return false
  if (!sent.length) {
    if (aloud) announce(state.textContent)
    return true
  }
  const body = { saw: form.elements.saw.value, rows: sent.map(([, row]) => row) }
  if (keepalive && JSON.stringify(body).length > MOST_KEPT_ALIVE) return false
  if (!wasInTrouble) tell(say("saving"))
  running = post(body, { keepalive })
  const answer = await running
  running = null
  return receive(answer, sent, aloud) && queue.isEmpty()
}

function receive({ status, data }, sent, aloud) {
  isRefused = status !== 200
  if (status === 200 && data) return arrived(data, sent, aloud)
  if (status === 401) loggedOut(data?.login)
  else if (status >= 400 && status < 500) {
    // What is too long for a request is refused by the server itself, without our words.
    tell(say("refused", { reason: data?.error ?? say("tooLong") }), { isTrouble: true })
    queue.schedule(pause())
  } else {
    tell(say(status ? "broken" : "offline"), { isTrouble: true })
    queue.schedule(pause())
  }
  return false
}

function arrived(data, sent, aloud) {
  recovered()
  const isNews = aloud || wasInTrouble || Date.now() - lastSpoken > STAY_QUIET
  if (isNews) lastSpoken = Date.now()
  const refused = sent.map(([, { key }]) => data.rows?.[key]?.refused).find(Boolean)
  if (refused) tell(say("refused", { reason: refused }), { isTrouble: true })
  else tell(say("saved", { time: data.saved }), { aloud: isNews })
  queue.arrived(sent, ({ key }) => Boolean(data.rows?.[key]?.refused))
  apply(data, sent)
  for (const follow of followers) follow()
  return true
}

async function loggedOut(login) {
  if (isLoggedOut) return
  isLoggedOut = true
  const link = element("a", { href: login || "/accounts/login/", target: "_blank" }, [say("logIn")])
  tell(element("span", {}, [say("loggedOut"), " ", link, ". ", say("thenOn")]), { isTrouble: true })
  await untilLoggedIn()
  isLoggedOut = false
  announce(say("back"))
  flush()
}

// Any button first saves what was typed, then does what it says.
async function submit(event) {
  const { submitter } = event
  if (isLeaving || (queue.isEmpty() && !running)) {
    isLeaving = true
    return
  }
  event.preventDefault()
  await flush()
  // The page that a refused form leads to would take the words away with it.
  if (isLoggedOut || isRefused) {
    state.append(" ", say("heldBack"))
    announce(say("heldBack"))
    return
  }
  isLeaving = true
  form.requestSubmit(submitter)
}

export function touched(row) {
  queue.touch(row)
  if (!wasInTrouble && !running) tell(say("unsaved"))
}

// Enter in the field of a reason means the button beside it, not the form's first one.
function answerProblem(event) {
  const problem = event.key === "Enter" && event.target.closest("input[name^='reason-']")?.closest(".problem")
  if (!problem) return
  event.preventDefault()
  problem.querySelector("button").click()
}

export function listen() {
  queue.onDue(flush)
  form.addEventListener("submit", submit)
  form.addEventListener("keydown", answerProblem)
  form.addEventListener("input", ({ target }) => {
    if (target.matches("textarea.typed, [name^='omit-']")) touched(rowOf(target))
  })
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const row = rowOf(target)
    if (row && queue.isDirty(row) && !row.contains(relatedTarget) && !wasInTrouble) queue.schedule(0)
  })
  window.addEventListener("online", () => flush())
  window.addEventListener("pageshow", () => (isLeaving = false))
  window.addEventListener("pagehide", () => flush({ keepalive: true }))
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush({ keepalive: true })
  })
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && !queue.isEmpty()) event.preventDefault()
  })
  setInterval(async () => {
    if (document.visibilityState !== "visible" || isLoggedOut) return
    const { status, data } = await renew()
    if (status === 200) apply(data, [])
  }, PRESENCE)
}
