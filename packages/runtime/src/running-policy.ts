import type { AnyPolicy, Checkpoint, EventStore, StoredEvent, ViewShape, ViewStore, ViewTable } from '@vitrine/core'
import type { Deliver, DeliveredEvent } from './delivered-event.js'
import { codeOf } from './errors.js'
import { beginningOf, headOf, pageAfter } from './log-head.js'
import type { Logger } from './logger.js'
import { isPassing } from './passing.js'
import { type Note, type Parked, parkedKey, parkedNote } from './policy-notes.js'
import { type Reacting, react } from './react.js'

/** A policy as this process runs it: where it stands, and which streams it has parked. */
export interface RunningPolicy {
  readonly policy: AnyPolicy
  readonly table: ViewTable
  checkpoint: Checkpoint | undefined
  parked: ReadonlyMap<string, Parked>
  /** Why it stands still as a whole. */
  stopped: string | undefined
}

export interface PolicyWiring extends Reacting {
  readonly log: EventStore
  readonly deliver: Deliver
  readonly stopping: AbortSignal
  readonly logger: Logger
}

/** Begins the name of the table of every policy's progress. */
export const tablePrefix = 'policy:'

/** The table of a policy's progress. */
export function policyShape(name: string): ViewShape {
  return { name: `${tablePrefix}${name}`, version: 1, indexes: [['is']], text: false }
}

/** Events looked at before the checkpoint is written. */
const pageSize = 200

/** Opens a policy's progress. A new one begins at the end of the log, now: it never acts on what was before it. */
export async function openPolicy(log: EventStore, store: ViewStore, policy: AnyPolicy): Promise<RunningPolicy> {
  const table = await store.open(policyShape(policy.name))
  await table.finish()
  const running: RunningPolicy = { policy, table, checkpoint: undefined, parked: new Map(), stopped: undefined }
  await lookAgain(running)
  if (!running.checkpoint) await writeProgress(running, (await headOf(log)) ?? beginningOf(log), [])
  return running
}

/** Handles a page of events; `false` at the head. The checkpoint is written when they are handled, never before. */
export async function advancePolicy(wiring: PolicyWiring, running: RunningPolicy): Promise<boolean> {
  const { policy, checkpoint } = running
  const page = await pageAfter(wiring.log, checkpoint, { limit: pageSize, types: Object.keys(readBy(policy)) })
  if (!page.through || page.through.position === checkpoint?.position) return false
  const notes = new Map<string, Note>()
  for (const one of await wiring.deliver(page.events)) {
    if (wiring.stopping.aborted) return false
    if (running.parked.has(one.event.stream) || notes.has(parkedKey(one.event.stream))) continue
    for (const note of await handleEvent(wiring, running, one)) notes.set(note.key, note)
    const parked = notes.get(parkedKey(one.event.stream))
    if (parked) wiring.logger.error(`Policy ${policy.name} has parked ${one.event.stream}.`, parked.document)
  }
  await writeProgress(running, page.through, [...notes.values()])
  return true
}

/** Goes on with a parked stream, in order, from a version up to where the policy stands; then it is parked no more. */
export async function resumeStream(
  wiring: PolicyWiring,
  running: RunningPolicy,
  stream: string,
  from: number,
  decided: readonly Note[] = [],
): Promise<Parked | undefined> {
  let next = from
  for (;;) {
    const { checkpoint } = running
    const notes = new Map(decided.map((note) => [note.key, note]))
    for (const one of await eventsUpTo(wiring, stream, next, checkpoint?.position ?? 0)) {
      for (const note of await handleEvent(wiring, running, one)) notes.set(note.key, note)
      if (notes.has(parkedKey(stream))) break
      next = one.event.version + 1
    }
    const again = notes.has(parkedKey(stream))
    if (await writeProgress(running, checkpoint, [...notes.values()], again ? [] : [parkedKey(stream)])) {
      return running.parked.get(stream)
    }
  }
}

async function handleEvent(
  wiring: PolicyWiring,
  { policy }: RunningPolicy,
  one: DeliveredEvent,
): Promise<readonly Note[]> {
  if (isPassing(readBy(policy), one)) return []
  if (one.fault !== undefined) return [parkedNote(policy.name, one.event, one.fault, wiring.now())]
  return react(wiring, policy, one.event)
}

/** The events that a policy reacts to, by name. */
function readBy({ on, forEach }: AnyPolicy): { readonly [type: string]: unknown } {
  return forEach ? { ...on, ...forEach } : on
}

async function eventsUpTo(
  wiring: PolicyWiring,
  stream: string,
  from: number,
  position: number,
): Promise<readonly DeliveredEvent[]> {
  const events: StoredEvent[] = []
  for (let next = from; ; ) {
    const page = await wiring.log.readStream(stream, { from: next })
    events.push(...page.events.filter((event) => event.position <= position))
    if (page.atEnd || page.events.length === 0) return wiring.deliver(events)
    next += page.events.length
  }
}

/** Compare and set: `false` when another runner was first; then its progress is taken up. */
async function writeProgress(
  running: RunningPolicy,
  to: Checkpoint | undefined,
  put: readonly Note[],
  remove: readonly string[] = [],
): Promise<boolean> {
  if (!to) return false
  try {
    await running.table.write({ from: running.checkpoint, to, put, remove })
    running.checkpoint = to
    if (put.length > 0 || remove.length > 0) await lookAgain(running)
    return true
  } catch (error) {
    if (codeOf(error) !== 'checkpoint-moved') throw error
    await lookAgain(running)
    return false
  }
}

/** Takes up what is stored: the place in the log, and what is parked. */
export async function lookAgain(running: RunningPolicy): Promise<void> {
  running.checkpoint = (await running.table.status()).checkpoint
  const parked = new Map<string, Parked>()
  for (let cursor: string | undefined; ; ) {
    const page = await running.table.find({
      where: { is: 'parked' },
      limit: 1000,
      ...(cursor !== undefined && { cursor }),
    })
    const found = page.documents.map(({ document }) => document as object as Parked)
    for (const one of found) parked.set(one.stream, one)
    cursor = page.cursor
    if (cursor === undefined) break
  }
  running.parked = parked
}
