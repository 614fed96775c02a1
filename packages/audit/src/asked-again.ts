import {
  type AnyCommand,
  type Asker,
  decideBy,
  type Facts,
  type Guard,
  isStaffRole,
  type Made,
  prepareBy,
  type Refused,
  type Rules,
  type StoredEvent,
  system,
  visitor,
} from '@vitrine/core'
import { allHostsOf, type DecidedEvent, type Host, type StreamState } from '@vitrine/runtime'
import type { WrittenCommand } from './commands-in.js'
import type { PastState, PastStates } from './past-states.js'

/** A command of the past, with everything that it was decided on. */
export interface AskedAgain {
  readonly host: Host
  readonly command: AnyCommand
  readonly made: Made
  readonly own: PastState
  /** The state that its events led to. */
  readonly after: PastState
  /** The streams that it leaned on, as they stood when it was decided. */
  readonly leansOn: readonly PastState[]
  /** Its events in its own stream, in the shapes of today. */
  readonly events: readonly StoredEvent[]
  /** What it wrote into other streams in the same append. */
  readonly beside: readonly StoredEvent[]
  /** Which of what it leaned on is not recorded with it. */
  readonly unrecorded: readonly string[]
}

/** Finds out what was asked, from what was written. `undefined` for what no command of ours writes. */
export function askingAgain(rules: Rules, states: PastStates) {
  const hosts = allHostsOf(rules)

  return async ({ type, writes }: WrittenCommand): Promise<AskedAgain | undefined> => {
    const host = hosts.find(({ aggregate }) => Object.hasOwn(aggregate.rows, type))
    const written = host && writes.find(([event]) => event?.stream.startsWith(host.aggregate.prefix))
    const first = written?.[0]
    if (!host || !first) return undefined
    const own = (await states.at(first.stream, first.version === 0 ? 'none' : first.version - 1))!
    const { after, lifted: events } = states.grown(own, written)
    const { command, made } = host.aggregate.rows[type]!.commandOf(events as never, own.state)
    const { basis } = first.metadata
    const streams = host.leansOn(own.state, command as AnyCommand)
    const beside = writes.filter((one) => one !== written).flat()
    const unrecorded = streams.filter((stream) => !basis.some((guard) => guard.stream === stream))
    return {
      host,
      command: command as AnyCommand,
      made,
      own,
      after,
      events,
      beside,
      unrecorded,
      leansOn: await leant(states, streams, basis),
    }
  }
}

/** What a command is decided on: the states, and under which rules. */
export interface Ground {
  readonly host: Host
  readonly own: object
  readonly leansOn: readonly StreamState[]
}

/** The same command, decided again on a ground that may be another one. */
export function decidedOn(
  { host, own, leansOn }: Ground,
  { command, made, events }: AskedAgain,
): readonly DecidedEvent[] | Refused {
  const row = host.aggregate.rows[command.type]!
  return decideBy(host.aggregate, row, {
    command,
    state: own,
    facts: factsThen({ host, own, leansOn }, made, events[0]!),
  })
}

/** Why the command could not even be read by these rules, such as content by the schema of its kind. */
export function unreadableOn(ground: Ground, { command, made, events }: AskedAgain): Refused | undefined {
  const { host, own } = ground
  const row = host.aggregate.rows[command.type]!
  const read = prepareBy(host.aggregate, row, { command, state: own, facts: factsThen(ground, made, events[0]!) })
  return 'refused' in read && !('type' in read) ? (read as Refused) : undefined
}

/** What had fallen due on a ground by an instant, and what it leads to. */
export function dueOn(
  ground: Ground,
  now: string,
): readonly { readonly command: AnyCommand; readonly events: readonly DecidedEvent[] }[] {
  const { host, own, leansOn } = ground
  return host.aggregate.overdue(own, now).flatMap(({ command }) => {
    const facts = host.facts({ now, asker: system, made: { id: '', token: '' } }, leansOn)
    const decided = decideBy(host.aggregate, host.aggregate.rows[command.type]!, { command, state: own, facts })
    return 'refused' in decided || decided.length === 0 ? [] : [{ command, events: decided }]
  })
}

function factsThen({ host, own, leansOn }: Ground, made: Made, { metadata }: StoredEvent): Facts {
  const asker = askerThen(host, own, leansOn, metadata.actor)
  // A row that makes nothing asks for nothing: what was made stands in the events.
  return host.facts({ now: metadata.occurredAt, asker, made: { id: '', token: '', ...made } }, leansOn)
}

/** Who asked: the role of members is what the log says, that of staff what was recorded. */
function askerThen(
  host: Host,
  own: object,
  leansOn: readonly StreamState[],
  actor: StoredEvent['metadata']['actor'],
): Asker {
  const { id, name, role } = actor
  if (role === 'system') return system
  if (role === 'visitor') return visitor
  const member = host.memberRole(id, own, leansOn)
  return { id, name, ...(member !== undefined && { member }), ...(isStaffRole(role) && { staff: role }) }
}

async function leant(
  states: PastStates,
  streams: readonly string[],
  basis: readonly Guard[],
): Promise<readonly PastState[]> {
  const found: PastState[] = []
  for (const stream of streams) {
    const version = basis.find((guard) => guard.stream === stream)?.version ?? 'none'
    const state = await states.at(stream, version)
    if (state) found.push(state)
  }
  return found
}
