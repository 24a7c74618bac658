// What this page knows of pictures, by their keys: from its rows, from uploads, or asked for once.
import { word } from "tract/words"

const known = new Map()
const asked = new Map()
let waiting = null

export function learn(about) {
  if (about?.pk) known.set(about.pk, about)
  return about
}

// What is known of a picture, or null where nobody has told yet.
const recall = (pk) => known.get(pk) ?? null

async function get(parameters) {
  const address = `${word("chooseUrl")}?${new URLSearchParams(parameters)}`
  const response = await fetch(address, { headers: { Accept: "application/json" } })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  answer.pictures.forEach(learn)
  return answer
}

// Pictures of the library with these words, a page at a time: { pictures, more }.
export const search = (words, page) => get({ q: words, page })

// Asked anew: somebody may have said meanwhile who is in them.
export const refresh = (pks) => get(pks.map((pk) => ["pk", pk]))

// All that are asked about in one moment are asked for in one request.
async function together() {
  await Promise.resolve()
  const pks = [...waiting.pks]
  waiting = null
  await refresh(pks)
}

// Resolves to what is known of a picture, null where there is none.
export function about(pk) {
  if (known.has(pk)) return Promise.resolve(known.get(pk))
  if (!asked.has(pk)) {
    waiting ??= { pks: new Set(), answer: together() }
    waiting.pks.add(pk)
    const answer = waiting.answer.then(() => recall(pk), () => null)
    asked.set(pk, answer.finally(() => asked.delete(pk)))
  }
  return asked.get(pk)
}
