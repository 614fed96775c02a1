import type { StoredEvent } from '@vitrine/core'
import { AuditError } from './audit-error.js'
import type { Audited } from './audited.js'
import { type Found, findStream } from './find-stream.js'
import { type Sight, withoutKeys } from './personal-sight.js'
import { stateOf } from './stream-story.js'

/** Something as it stood at an instant, and the event by which it had come there. */
export interface StateAt extends Omit<Found, 'host'> {
  readonly state: object
  readonly last: StoredEvent
}

/**
 * A listing, a publisher or a lead as it stood at an instant (UTC, with milliseconds), with all that had happened by then.
 * @throws AuditError `not-found`, also when it had not begun by then
 */
export async function stateAt(
  audited: Audited,
  id: string,
  instant: string,
  { sight = withoutKeys, signal }: { readonly sight?: Sight; readonly signal?: AbortSignal } = {},
): Promise<StateAt> {
  const { host, ...found } = await findStream(audited, id)
  const options = { until: instant, ...(signal && { signal }) }
  const at = await stateOf(audited, host.aggregate, found.stream, options)
  if (!at) throw new AuditError('not-found', `The ${found.is} ${found.id} had not begun at ${instant}.`)
  const { hidden = [], personal } = host.aggregate
  const shown = Object.fromEntries(Object.entries(at.state).filter(([field]) => !hidden.includes(field)))
  return { ...found, last: at.last, state: await sight.of(shown, personal?.fields ?? []) }
}
