import {
  type Asker,
  actsAsStaff,
  cutEvent,
  type KeyStore,
  type Refusal,
  type Refused,
  type SeenEvent,
  type StoredEvent,
  type Version,
  type Viewer,
  type ViewerKind,
} from '@vitrine/core'
import type { Host } from './host.js'
import { askerOn, type Look } from './look.js'
import { type Answered, holdsSealed, openAnswer } from './open-answer.js'
import { stateSeenBy } from './state-seen-by.js'
import type { Task } from './task.js'
import type { Wiring } from './wiring.js'

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

/**
 * What was written, as who asked may see it (T30): what is for staff alone is left out for everybody else, and personal
 * values are opened for those who may read them. Who joins or leaves a team by a command sees what it did as what they
 * are behind it, at the first answer as at every other (T28). What was erased is so before anything is opened.
 */
export function doneFor(wiring: Wiring, look: Look, task: Task, done: Done<StoredEvent>): Done | Promise<Done> {
  if (!wiring.erasures.among(task.row.writes)) return seenBy(wiring, look, task, done)
  return wiring.erasures.follow().then(() => seenBy(wiring, look, task, done))
}

function seenBy(wiring: Wiring, { leansOn }: Look, task: Task, done: Done<StoredEvent>): Done | Promise<Done> {
  const { host } = task
  const asker = askerOn(task, done.state, leansOn)
  if (asker.system) return done
  const seen = { ...done, ...cutDone(host, asker, done) }
  return holdsSealed(host.aggregate, seen) ? opened(wiring.keys, host, asker, seen) : seen
}

async function opened(keys: KeyStore, { aggregate }: Host, asker: Asker, done: Done): Promise<Done> {
  return { ...done, ...(await openAnswer<SeenEvent>(keys, aggregate, viewerFrom(asker), done)) }
}

/** The effect held already, so nothing was written. */
export function nothingToDo(wiring: Wiring, look: Look, task: Task): Done | Promise<Done> {
  const { own, leansOn } = look
  const { state, version } = own
  return doneFor(wiring, look, task, { events: [], state, version, position: positionOf([own, ...leansOn]) })
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

function cutDone(host: Host, asker: Asker, { events, state }: Done<StoredEvent>): Answered {
  const kind = kindOf(asker)
  const seen = events.map((event) => cutEvent(event, kind)).filter((event) => event !== undefined)
  return { events: seen, state: stateSeenBy(asker.visitor ? 'visitor' : kind, host, state) }
}

/** Whoever may write something of a publisher's, and is not staff, is on its team; but for visitors. */
function kindOf(asker: Asker): ViewerKind {
  if (actsAsStaff(asker)) return 'staff'
  return asker.visitor ? 'outsider' : 'member'
}

function viewerFrom({ id, staff, member }: Asker): Viewer {
  const viewer = { actorId: id, staff: staff !== undefined, member: member !== undefined }
  return member === undefined ? viewer : { ...viewer, role: member }
}

function positionOf(folded: readonly { readonly position: number }[]): number {
  return Math.max(...folded.map(({ position }) => position))
}
