import type { DueCommand, Refused } from '@vitrine/core'
import { decideTask } from './decide-task.js'
import { codeOf, RuntimeError } from './errors.js'
import { firstAnswer } from './first-answer.js'
import { cachedLook, type Look, lookAt, readAgain } from './look.js'
import { type NotDone, notDone, nothingToDo, type Outcome } from './outcome.js'
import { pause } from './pause.js'
import { sealTask } from './seal-task.js'
import { type Asked, dueTask, type Task, taskOf } from './task.js'
import type { Wiring } from './wiring.js'
import { writeDecision } from './write-decision.js'

/** Does what was asked, or says why not. Only faults throw. */
export type HandleCommand = (asked: Asked) => Promise<Outcome>

/** The way of a command: read, look, decide, append; and again when others wrote in between. */
export function commandHandler(wiring: Wiring): HandleCommand {
  return (asked) => {
    const task = taskOf(wiring, asked)
    if ('refused' in task) return Promise.resolve(unread(task))
    return wiring.inTurn(task.stream, () =>
      wiring.tracing.span(`execute ${task.row.type}`, {}, () =>
        task.row.subject ? settleSealed(wiring, task) : settle(wiring, task),
      ),
    )
  }
}

/** Seals personal values first; when another process kept a key for them at the same moment, they are sealed again. */
async function settleSealed(wiring: Wiring, task: Task): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await settle(wiring, await sealTask(wiring, task))
    } catch (fault) {
      if (codeOf(fault) !== 'key-taken' || attempt >= wiring.attempts) throw fault
    }
  }
}

/** Only an append confirms what was cached: an answer without events is given on what was read afresh. */
async function settle(wiring: Wiring, task: Task): Promise<Outcome> {
  let settledByTime: ReadonlySet<string> = noneSettled
  let afresh = false
  for (let attempt = 1; attempt <= wiring.attempts; ) {
    const look = cachedLook(wiring, task) ?? (await lookAt(wiring, task))
    const written = look.own.commands.get(task.commandId)
    if (written) return firstAnswer(wiring, task, look, written)
    const due = dueOn(task, look, settledByTime)
    if (due.length > 0) {
      settledByTime = new Set([...settledByTime, ...due.map(({ commandId }) => commandId)])
      await timeDecides(wiring, due)
      continue
    }

    const decided = decideTask(task, look)
    let moved: string | undefined
    if (!('refused' in decided) && decided.length > 0) {
      const done = await writeDecision(wiring, task, look, decided, commandHandler(wiring))
      if ('refused' in done) return notDone(done, look)
      if (!('moved' in done)) return done
      moved = done.moved
      await pause(attempt)
      attempt += 1
    } else if (afresh || look.afresh) {
      return 'refused' in decided ? notDone(decided, look) : await nothingToDo(wiring, look, task)
    }
    await readAgain(wiring, look, moved)
    afresh = true
  }
  throw exhausted(wiring, task)
}

const noneSettled: ReadonlySet<string> = new Set()

/** What has fallen due on the stream and was not settled yet. */
function dueOn(task: Task, { own, facts }: Look, settled: ReadonlySet<string>): readonly DueCommand[] {
  if (task.decidedByTime) return []
  const due = task.host.aggregate.overdue(own.state, facts.now)
  return due.filter(({ commandId }) => !settled.has(commandId))
}

/** Writes what has fallen due, as an append of its own, before anything else is decided (T4). */
async function timeDecides(wiring: Wiring, due: readonly DueCommand[]): Promise<void> {
  for (const one of due) {
    const dueCommand = dueTask(wiring, one)
    if (!('refused' in dueCommand)) await settle(wiring, dueCommand)
  }
}

function unread({ refused }: Refused): NotDone {
  return { refused, position: 0 }
}

function exhausted({ attempts }: Wiring, { stream, row }: Task): RuntimeError {
  const message = `${row.type} was decided ${attempts} times, and each time others had written to ${stream} first.`
  return new RuntimeError('conflict-exhausted', message, { stream, attempts })
}
