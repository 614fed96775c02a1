/** What a call does: faults can be limited to some kinds. */
export type CallKind = 'write' | 'read' | 'subscribe' | 'features' | 'gossip'

/**
 * What goes wrong with a server.
 *
 * - `not-ready`: a node without a leader. Writes are refused, and reads that require a leader.
 * - `not-leader`: calls that require a leader are sent to another node.
 * - `access-denied`, `unauthenticated`: nobody may do anything; or who it is cannot be told.
 * - `hang`: a call is never answered, and nothing is written.
 * - `lagging`: reads that do not require a leader miss the newest events, so many, as on a follower.
 * - `slow`: each call waits for some milliseconds.
 * - `timed-out`: a write is given up, and was stored if `written` says so.
 * - `reply-lost`: a write is stored, and the connection is dropped instead of an answer.
 * - `reply-hangs`: a write is stored, and never answered.
 */
export type Fault = {
  /** The kinds of calls that it touches: all those that it can, unless said. */
  readonly on?: readonly CallKind[]
  /** After how many calls it is over: never, unless said. */
  readonly times?: number
} & (
  | { readonly kind: 'not-ready' | 'access-denied' | 'unauthenticated' | 'hang' | 'reply-lost' | 'reply-hangs' }
  | { readonly kind: 'not-leader'; readonly leader: { readonly host: string; readonly port: number } }
  | { readonly kind: 'lagging'; readonly events: number }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'timed-out'; readonly written: boolean }
)

/** The switch: at most one fault at a time. */
export interface FaultSwitch {
  begin(fault: Fault): void
  end(): void
  /** The fault that this call meets, if any; counts as one of its `times`. */
  met(kind: CallKind, requiresLeader: boolean): Fault | undefined
}

export function faultSwitch(): FaultSwitch {
  let current: Fault | undefined
  let left = 0
  return {
    begin(fault) {
      current = fault
      left = fault.times ?? Number.POSITIVE_INFINITY
    },
    end() {
      current = undefined
    },
    met(kind, requiresLeader) {
      if (!current || left <= 0 || !touches(current, kind, requiresLeader)) return undefined
      left -= 1
      return current
    },
  }
}

function touches(fault: Fault, kind: CallKind, requiresLeader: boolean): boolean {
  if (fault.on) return fault.on.includes(kind)
  if (fault.kind === 'not-leader') return requiresLeader
  if (fault.kind === 'not-ready') return kind === 'write' || requiresLeader
  if (fault.kind === 'lagging') return kind === 'read' && !requiresLeader
  if (fault.kind === 'hang' || fault.kind === 'slow') return true
  const isOfWrites = fault.kind === 'timed-out' || fault.kind === 'reply-lost' || fault.kind === 'reply-hangs'
  return isOfWrites ? kind === 'write' : kind === 'write' || kind === 'read' || kind === 'subscribe'
}
