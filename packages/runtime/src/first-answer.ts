import { idReused } from './decide-task.js'
import type { Written } from './folded.js'
import type { Look } from './look.js'
import { doneFor, notDone, type Outcome } from './outcome.js'
import type { Task } from './task.js'
import type { Wiring } from './wiring.js'

/** The answer that a command had when it was written (T28): the state as it was then, never today's. */
export async function firstAnswer(wiring: Wiring, task: Task, look: Look, written: Written): Promise<Outcome> {
  if (written.hash !== task.hash) return notDone(idReused(task, look), look)
  const then = await wiring.streams.upTo(task.stream, ({ version }) => version <= written.to)
  const { state, version, position } = then.folded
  const events = then.events.slice(written.from)
  return doneFor(wiring, look, task, { events, state, version, position, duplicate: true })
}
