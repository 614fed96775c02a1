import type { Append, Appended, Refused, StoredEvent } from '@vitrine/core'
import { chained } from './chain.js'
import { type Envelope, unplaced, wrap } from './envelope.js'
import { codeOf, reasonOf } from './errors.js'
import { type Folded, withPosition } from './folded.js'
import type { DecidedEvent, SideEvent } from './host.js'
import { type Look, laterOf } from './look.js'
import { type Done, doneFor } from './outcome.js'
import { invalidCommand } from './parse-command.js'
import { pause } from './pause.js'
import { keepKey } from './seal-task.js'
import type { Task } from './task.js'
import type { Wiring } from './wiring.js'
import { type GiveApart, nothingApart, writeApart } from './write-apart.js'

/** One stream of an append: its events, and its state once they are stored. */
interface Writing {
  readonly before: Folded
  readonly after: Folded
  readonly events: readonly StoredEvent[]
}

/** Somebody else wrote first, or the append was found in the log: the command is to be looked at again. */
export interface Moved {
  readonly moved: string | undefined
}

/**
 * Appends what was decided, guarded by what it was decided on. This is the only write there is. Where an append writes one
 * stream, `apart` gives what else there is to write as commands of its own.
 */
export function writeDecision(
  wiring: Wiring,
  task: Task,
  look: Look,
  decided: readonly DecidedEvent[],
  apart: GiveApart,
): Promise<Done | Moved | Refused> {
  const envelope = envelopeOf(wiring, task, look)
  const own = writingOf(wiring, envelope, look.own, decided)
  const alongside = task.host.alongside(own.before.state, own.after.state)
  if (alongside.length === 0) return write(wiring, task, look, [own], envelope)
  if (!wiring.log.traits.spansStreams) {
    const { before, after } = own
    const around = task.host.apart?.(before.state, after.state, before.version) ?? nothingApart
    return writeApart(task, around, apart, () => write(wiring, task, look, [own], envelope))
  }
  return writingsBeside(wiring, envelope, look, alongside).then((beside) =>
    write(wiring, task, look, [own, ...beside], envelope),
  )
}

async function write(
  wiring: Wiring,
  task: Task,
  look: Look,
  writings: readonly [Writing, ...Writing[]],
  envelope: Envelope,
): Promise<Done | Moved | Refused> {
  if (task.sealing) await keepKey(wiring, task)
  const append = appendOf(wiring, writings, envelope)
  let appended: Appended | Moved | Refused
  try {
    appended = await send(wiring, append)
  } catch (error) {
    appended = await searchAndSendAgain(wiring, task, append, error)
  }
  if ('moved' in appended || 'refused' in appended) return appended
  const [events = []] = writings.map((writing, at) => keep(wiring, writing, appended.positions[at] ?? []))
  const position = events[events.length - 1]?.position ?? 0
  const { state, version } = writings[0].after
  return doneFor(wiring, look, task, { events, state, version, position })
}

function envelopeOf({ contentVersion, rules }: Wiring, task: Task, { facts, leansOn }: Look): Envelope {
  const { commandId, hash, correlationId, causationId, hops, traceparent } = task
  return {
    commandId,
    commandType: task.row.type,
    hash,
    asker: facts.asker,
    occurredAt: facts.now,
    correlationId,
    causationId,
    contentVersion,
    rules,
    basis: leansOn.map(({ stream, version }) => ({ stream, version })),
    hops,
    traceparent,
  }
}

/** Folds the events before they are stored: what cannot be folded is never written. */
function writingOf(wiring: Wiring, envelope: Envelope, before: Folded, decided: readonly DecidedEvent[]): Writing {
  const { streams, ids } = wiring
  const definitions = streams.kindOf(before.stream)?.events ?? {}
  const { stream, version } = before
  const wrapped = wrap(envelope, decided, { definitions, stream, after: version, newId: ids.uuid })
  const events = wiring.chain ? chained(before.chain, wrapped) : wrapped
  return { before, after: streams.grown(before, events), events }
}

/** What was read for the decision is written at the version that was read: two who claim one slug cannot both win. */
async function writingsBeside(
  wiring: Wiring,
  envelope: Envelope,
  { leansOn }: Look,
  events: readonly SideEvent[],
): Promise<readonly Writing[]> {
  const writings: Writing[] = []
  for (const [stream, ofStream] of Map.groupBy(events, (event) => event.stream)) {
    const read = leansOn.find((folded) => folded.stream === stream) ?? wiring.streams.cached(stream)
    const before = read ?? (await wiring.streams.afresh(stream))
    const occurredAt = laterOf(envelope.occurredAt, before.occurredAt)
    writings.push(
      writingOf(
        wiring,
        { ...envelope, occurredAt },
        before,
        ofStream.map(({ event }) => event),
      ),
    )
  }
  return writings
}

function appendOf({ log }: Wiring, writings: readonly Writing[], { basis }: Envelope): Append {
  return {
    writes: writings.map(({ before, events }) => ({
      stream: before.stream,
      expected: before.version,
      events: events.map(unplaced),
    })),
    ...(log.traits.guards && {
      guards: basis.filter(({ stream }) => !writings.some(({ before }) => before.stream === stream)),
    }),
  }
}

function send({ tracing, log }: Wiring, append: Append): Promise<Appended> {
  return tracing.span('append', { streams: append.writes.length }, () => log.append(append))
}

/**
 * After an unknown outcome the log is searched for the command; only when it is not there the same bytes are sent again.
 * What no store takes, as a content that is too large, is the fault of who asked.
 */
async function searchAndSendAgain(
  wiring: Wiring,
  task: Task,
  append: Append,
  fault: unknown,
): Promise<Appended | Moved | Refused> {
  let error = fault
  for (let attempt = 1; ; attempt += 1) {
    const code = codeOf(error)
    if (code === 'conflict') return { moved: streamOf(error) }
    if (code === 'invalid') return unstorable(task, error)
    if (code !== 'unknown-outcome' || attempt >= wiring.attempts) throw error
    await pause(attempt)
    const own = await wiring.streams.afresh(task.stream)
    // Without guards, what it was decided on may have moved meanwhile: it is decided again.
    if (own.commands.has(task.commandId) || !wiring.log.traits.guards) return { moved: undefined }
    try {
      return await send(wiring, append)
    } catch (again) {
      error = again
    }
  }
}

function unstorable({ row }: Task, error: unknown): Refused {
  const reason = reasonOf(error)
  return invalidCommand(`${row.type} cannot be stored. ${reason}`, '', reason)
}

function streamOf(error: unknown): string | undefined {
  return error instanceof Error && 'stream' in error && typeof error.stream === 'string' ? error.stream : undefined
}

function keep({ streams }: Wiring, { after, events }: Writing, positions: readonly number[]): readonly StoredEvent[] {
  const stored = events.map((event, index) => ({ ...event, position: positions[index]! }))
  streams.keep(withPosition(after, positions[positions.length - 1]!), stored)
  return stored
}
