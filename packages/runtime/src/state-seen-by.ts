import type { ViewerKind } from '@vitrine/core'
import type { Host } from './host.js'

/** A state as somebody sees it who is this to its publisher: nothing that is hidden, and what is for staff alone as staff. */
export function stateSeenBy(kind: ViewerKind | 'visitor', host: Host, state: object): object {
  const { hidden = [] } = host.aggregate
  const seen = cutFor(kind, host, state)
  if (hidden.length === 0) return seen
  return Object.fromEntries(Object.entries(seen).filter(([field]) => !hidden.includes(field)))
}

function cutFor(kind: ViewerKind | 'visitor', host: Host, state: object): object {
  if (kind === 'staff') return state
  return kind === 'visitor' && host.forVisitors ? host.forVisitors(state) : host.forOutsiders(state)
}
