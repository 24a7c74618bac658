// What is written and not saved yet: kept in the page's memory and nowhere else, because this may be
// somebody else's computer. Saved when typing rests, and at the latest while it goes on.
import { posted } from "desk/rows"

const RESTS = 4_000
const LATEST = 10_000

const dirty = new Map() // row → when its oldest unsaved change was made
let timer = 0
let send = () => {}

export const onDue = (deliver) => (send = deliver)
export const isEmpty = () => dirty.size === 0
export const isDirty = (row) => dirty.has(row)

export function touch(row) {
  const now = Date.now()
  if (!dirty.has(row)) dirty.set(row, now)
  row.dataset.dirty = ""
  const oldest = Math.min(...dirty.values())
  schedule(Math.max(0, Math.min(RESTS, oldest + LATEST - now)))
}

export function schedule(milliseconds) {
  clearTimeout(timer)
  timer = setTimeout(() => send(), milliseconds)
}

// What is to be sent now: [row, what is posted of it].
export function take() {
  clearTimeout(timer)
  return [...dirty.keys()].filter((row) => row.isConnected).map((row) => [row, posted(row)])
}

// What was sent has arrived. Where somebody typed on meanwhile, there is still something to save;
// what was refused waits until somebody mends it.
export function arrived(sent, isRefused = () => false) {
  let isWaiting = dirty.size > sent.length
  for (const [row, was] of sent) {
    const now = posted(row)
    if (now.text !== was.text || now.omit !== was.omit) {
      dirty.set(row, Date.now())
      isWaiting = true
    } else if (!isRefused(was)) {
      dirty.delete(row)
      delete row.dataset.dirty
    }
  }
  if (isWaiting) schedule(RESTS)
}
