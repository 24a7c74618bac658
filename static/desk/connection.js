// One request at a time to the address where the desk saves, and what to do when it does not answer.
import { form } from "desk/rows"

const BACK_OFF = [2_000, 4_000, 8_000, 15_000, 30_000]
const AGAIN = 5_000

const token = () => form.elements.csrfmiddlewaretoken
let failures = 0

export const pause = () => BACK_OFF[Math.min(failures++, BACK_OFF.length - 1)]
export const recovered = () => (failures = 0)

async function answer(options) {
  try {
    const response = await fetch(form.dataset.save, {
      credentials: "same-origin",
      // A redirect leads to the login: whoever follows it would take that page for an answer.
      redirect: "manual",
      ...options,
    })
    if (response.type === "opaqueredirect") return { status: 401, data: {} }
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json")
    return { status: response.status, data: isJson ? await response.json() : null }
  } catch {
    return { status: 0, data: null }
  }
}

// { status, data }: 0 for no connection, 401 for no login any more.
export async function post(body, { keepalive = false } = {}) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" }
  const send = () =>
    answer({
      method: "POST",
      body: JSON.stringify(body),
      headers: { ...headers, "X-CSRFToken": token().value },
      keepalive,
    })
  const first = await send()
  // The token is an old one, after a login in another tab.
  if (first.status !== 403 || !first.data?.csrf || keepalive) return first
  const renewed = await renew()
  return renewed.status === 200 ? send() : renewed
}

// A new token for this page's forms, from a session that is valid again.
export async function renew() {
  const given = await answer({ headers: { Accept: "application/json" } })
  if (given.status === 200 && given.data?.csrf) {
    for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      one.value = given.data.csrf
    }
  }
  return given
}

// Ask again and again, and at once when somebody comes back to this tab, until there is a login.
export function untilLoggedIn() {
  return new Promise((resolve) => {
    const ask = async () => {
      if ((await renew()).status !== 200) return
      clearInterval(timer)
      window.removeEventListener("focus", ask)
      resolve()
    }
    const timer = setInterval(ask, AGAIN)
    window.addEventListener("focus", ask)
  })
}
