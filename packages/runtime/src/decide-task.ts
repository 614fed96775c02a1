import { decideBy, prepareBy, type Refused, refuse } from '@vitrine/core'
import type { DecidedEvent } from './host.js'
import type { Look } from './look.js'
import { isStranger } from './outcome.js'
import type { Task } from './task.js'

/** The core's decision: the events, none when the effect holds already, or why not. */
export function decideTask(task: Task, look: Look): readonly DecidedEvent[] | Refused {
  return forStrangers(task, look, staleVersion(task, look)) ?? decide(task, look)
}

/** The refusal of an id under which another command was written. It shows nothing of that command's answer. */
export function idReused(task: Task, look: Look): Refused {
  const refused = refuse('command-id-reused', `Another command was given under the id ${task.commandId}. Use a new id.`)
  if (isForAll(task, look)) return refused
  return forStrangers(task, look, refused) ?? refused
}

function decide({ host, row, command }: Task, { own, facts }: Look): readonly DecidedEvent[] | Refused {
  const question = { command, state: own.state, facts }
  const prepared = prepareBy(host.aggregate, row, question)
  if (!('type' in prepared)) return prepared
  return decideBy(host.aggregate, row, { ...question, command: prepared })
}

/** What the runtime refuses by itself would tell strangers that the stream exists: they get what they would get else. */
function forStrangers(task: Task, look: Look, refused: Refused | undefined): Refused | undefined {
  if (!refused || !isStranger(look.facts.asker)) return refused
  const decided = decide(task, look)
  return 'refused' in decided ? decided : refused
}

/** Whoever may begin something knows of what they began. */
function isForAll({ row }: Task, { facts }: Look): boolean {
  return row.begins === true && (facts.asker.visitor ? row.who.visitor : row.who.person) === true
}

function staleVersion({ expectedVersion, host }: Task, { own }: Look): Refused | undefined {
  if (expectedVersion === undefined || expectedVersion === own.version) return undefined
  const { noun } = host.aggregate
  const message = `The ${noun} is at version ${own.version}, not at ${expectedVersion}. Read it again before you decide.`
  return refuse('stale-version', message, { expected: expectedVersion, actual: own.version })
}
