import type { Asker, Facts, MemberRole } from '@vitrine/core'
import type { Folded } from './folded.js'
import type { StreamState } from './host.js'
import { instantText } from './instant.js'
import type { Task } from './task.js'
import type { Wiring } from './wiring.js'

/** Everything that a decision is made on, as it stood at one moment. */
export interface Look {
  readonly own: Folded
  readonly leansOn: readonly Folded[]
  readonly facts: Facts
  /** Nothing of it came from the cache. */
  readonly afresh: boolean
}

/**
 * What the cache alone can show: nothing that has to be waited for. What a decision leans on may be cached only where the
 * append guards it.
 */
export function cachedLook(wiring: Wiring, task: Task): Look | undefined {
  const own = wiring.streams.cached(task.stream)
  if (!own) return undefined
  const leansOn: Folded[] = []
  for (const stream of task.host.leansOn(own.state, task.command)) {
    const folded = wiring.log.traits.guards ? wiring.streams.cached(stream) : undefined
    if (!folded) return undefined
    leansOn.push(folded)
  }
  return { own, leansOn, facts: factsOf(wiring, task, own, leansOn), afresh: false }
}

/** Reads the command's stream, then what the decision leans on: from the cache where it can be. */
export async function lookAt(wiring: Wiring, task: Task): Promise<Look> {
  const { streams, log } = wiring
  const { host, command } = task
  let afresh = true
  const read = (stream: string) => {
    const cached = streams.cached(stream)
    if (cached) afresh = false
    return cached ?? streams.afresh(stream)
  }
  const own = await read(task.stream)
  const leansOn: Folded[] = []
  for (const stream of host.leansOn(own.state, command)) {
    leansOn.push(await (log.traits.guards ? read(stream) : streams.afresh(stream)))
  }
  return { own, leansOn, facts: factsOf(wiring, task, own, leansOn), afresh }
}

/** Reads from the log what came after a look, so that the next one is as good as no cache. */
export async function readAgain(wiring: Wiring, { own, leansOn }: Look, alsoStream?: string): Promise<void> {
  const streams = new Set([own, ...leansOn].map(({ stream }) => stream))
  if (alsoStream !== undefined) streams.add(alsoStream)
  await Promise.all([...streams].map((stream) => wiring.streams.afresh(stream)))
}

/** The later of the clock and the stream's last event: time never runs backwards in a stream. */
export function laterOf(now: string, occurredAt: string): string {
  return now > occurredAt ? now : occurredAt
}

/** The facts of a decision: the instant, who asks with every role that the log gives them, and what it leans on. */
export function factsOf(
  wiring: Wiring,
  { host, asker, made }: Pick<Task, 'host' | 'asker' | 'made'>,
  own: Folded,
  leansOn: readonly Folded[],
): Facts {
  const known = askerOn({ host, asker }, own.state, leansOn)
  return host.facts({ now: laterOf(instantText(wiring.clock()), own.occurredAt), asker: known, made }, leansOn)
}

/** Who asks, with the role that the log gives them. */
export function askerOn(
  { host, asker }: Pick<Task, 'host' | 'asker'>,
  state: object,
  leansOn: readonly StreamState[],
): Asker {
  return asker.system || asker.visitor ? asker : withRole(asker, host.memberRole(asker.id, state, leansOn))
}

function withRole(asker: Asker, member: MemberRole | undefined): Asker {
  return member === undefined ? asker : { ...asker, member }
}
