import {
  type Asker,
  actorIdProblem,
  type DueCommand,
  type Facts,
  type Refused,
  type StaffRole,
  system,
  type Version,
  visitor,
} from '@vitrine/core'
import { commandHash } from './command-hash.js'
import { madeOnce } from './made-once.js'
import { invalidCommand, type Parsed } from './parse-command.js'
import type { Sealing } from './sealing.js'
import type { Wiring } from './wiring.js'

/** Who asks, and under what. The command itself is whatever the caller brought. */
export interface Asked {
  readonly command: unknown
  /** Without a member's role: that is for the log to say. */
  readonly asker: Asker
  readonly commandId?: string | undefined
  /** The version that the caller saw: another one is refused. */
  readonly expectedVersion?: Version | undefined
  readonly correlationId?: string | undefined
  readonly causationId?: string | undefined
  readonly hops?: number | undefined
  /** Time itself asks: what has fallen due needs no asking again. */
  readonly decidedByTime?: boolean
}

/** A command that was read, with everything that stays the same however often it is decided. */
export interface Task extends Parsed {
  readonly asker: Asker
  readonly commandId: string
  readonly hash: string
  readonly made: Facts['made']
  readonly expectedVersion: Version | undefined
  readonly correlationId: string
  readonly causationId: string
  readonly hops: number
  readonly traceparent: string | undefined
  readonly decidedByTime: boolean
  /** Present once personal values of the command were sealed. */
  readonly sealing?: Sealing
}

/** Reads what was asked. */
export function taskOf(wiring: Wiring, asked: Asked): Task | Refused {
  const { asker } = asked
  const unfit =
    unfitId('commandId', asked.commandId) ??
    unfitId('correlationId', asked.correlationId) ??
    unfitVersion(asked.expectedVersion)
  if (unfit) return unfit
  const given = { actorId: asker.id, commandId: asked.commandId, newId: wiring.ids.uuid }
  const parsed = wiring.parse(asked.command, given)
  if ('refused' in parsed) return parsed
  const commandId = asked.commandId ?? wiring.ids.uuid()
  return {
    ...parsed,
    asker,
    commandId,
    hash: commandHash(parsed.command, asker.id),
    made: madeOnce(wiring.ids),
    expectedVersion: asked.expectedVersion,
    correlationId: asked.correlationId ?? commandId,
    causationId: asked.causationId ?? commandId,
    hops: asked.hops ?? 0,
    traceparent: wiring.tracing.traceparent(),
    decidedByTime: asked.decidedByTime ?? false,
  }
}

/** What time decides on the stream of a task, as a task of the system's. */
export function dueTask(wiring: Wiring, { commandId, command }: DueCommand): Task | Refused {
  return taskOf(wiring, { command, commandId, asker: system, decidedByTime: true })
}

/** Who asks when a caller does: a person, whose id is not one of ours, or a visitor. At once where the service knows its staff so. */
export function askerOf(wiring: Wiring, by: unknown): Asker | Refused | Promise<Asker> {
  if (by === 'visitor') return visitor
  const { id, name } = typeof by === 'object' && by !== null ? (by as { id?: unknown; name?: unknown }) : {}
  if (typeof id !== 'string' || typeof name !== 'string') {
    return invalidCommand('A command is given by { id, name } of a person, or by a visitor.', 'by', 'is nobody')
  }
  const problem = actorIdProblem(id)
  if (problem !== undefined) return invalidCommand(`The id of who asks ${problem}.`, 'by.id', problem)
  const staff = wiring.staff(id)
  return staff instanceof Promise ? staff.then((role) => personWith(id, name, role)) : personWith(id, name, staff)
}

function personWith(id: string, name: string, staff: StaffRole | undefined): Asker {
  return staff === undefined ? { id, name } : { id, name, staff }
}

function unfitId(name: string, id: unknown): Refused | undefined {
  if (id === undefined || (typeof id === 'string' && /^[\x21-\x7e]{1,128}$/.test(id))) return undefined
  return invalidCommand(`The ${name} must be 1 to 128 visible ASCII characters.`, name, 'is not 1–128 visible ASCII')
}

function unfitVersion(version: unknown): Refused | undefined {
  if (version === undefined || version === 'none' || (Number.isSafeInteger(version) && Number(version) >= 0))
    return undefined
  const message = `The expectedVersion must be a whole number from 0, or 'none': what an answer gave as its version.`
  return invalidCommand(message, 'expectedVersion', 'is no version')
}
