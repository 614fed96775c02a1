import {
  type Asker,
  actsAsStaff,
  cutEvent,
  type Refusal,
  type Refused,
  type SeenEvent,
  type StoredEvent,
  type Version,
} from '@vitrine/core'
import type { Look } from './look.js'
import type { Task } from './task.js'

/** What a command did: the events, none when its effect held already, and the state after them. */
export interface Done<Event = SeenEvent, State = object> {
  readonly events: readonly Event[]
  readonly state: State
  readonly version: Version
  /** A view read at or after it shows what this answer rests on. */
  readonly position: number
  /** Present when the command was written before, and this is its first answer again. */
  readonly duplicate?: true
}

/** Why a command was refused. `version` is absent for those to whom the id is unknown. */
export interface NotDone {
  readonly refused: Refusal
  readonly version?: Version
  readonly position: number
}

export type Outcome = Done | NotDone

/** What was written, as who asked may see it (T30): what is for staff alone is left out for everybody else. */
export function doneFor(asker: Asker, { host }: Task, done: Done<StoredEvent>): Done {
  if (actsAsStaff(asker)) return done
  // Whoever may write something of a publisher's, and is not staff, is on its team; but for visitors.
  const kind = asker.visitor ? 'outsider' : 'member'
  const events = done.events.map((event) => cutEvent(event, kind)).filter((event) => event !== undefined)
  return { ...done, events, state: host.forOutsiders(done.state) }
}

/** The effect held already, so nothing was written. */
export function nothingToDo({ own, facts, leansOn }: Look, task: Task): Done {
  const { state, version } = own
  return doneFor(facts.asker, task, { events: [], state, version, position: positionOf([own, ...leansOn]) })
}

/** A refusal, with where it was decided; strangers do not learn even that. */
export function notDone({ refused }: Refused, { own, leansOn, facts }: Look): NotDone {
  if (isStranger(facts.asker)) return { refused, position: 0 }
  return { refused, version: own.version, position: positionOf([own, ...leansOn]) }
}

/** Whether somebody has nothing to do with the publisher: every id is an unknown one to them (T34). */
export function isStranger({ system, member, staff }: Asker): boolean {
  return !system && member === undefined && staff === undefined
}

function positionOf(folded: readonly { readonly position: number }[]): number {
  return Math.max(...folded.map(({ position }) => position))
}
