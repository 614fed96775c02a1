import type { EventStore } from '@vitrine/core'
import { type Host, hostsOf } from '@vitrine/runtime'
import { AuditError } from './audit-error.js'
import type { Audited } from './audited.js'

/** Something that has an id and a stream of its own: a listing, a publisher or a lead. */
export interface Found {
  readonly is: 'listing' | 'publisher' | 'lead'
  readonly id: string
  readonly stream: string
  readonly host: Host
}

const kinds = ['listing', 'publisher', 'lead'] as const

/**
 * What has this id; the name of a stream, as `lead-<id>`, will do as well.
 * @throws AuditError `not-found`
 */
export async function findStream({ log, rules }: Audited, given: string): Promise<Found> {
  const hosts = hostsOf(rules)
  for (const [at, host] of hosts.entries()) {
    const { prefix } = host.aggregate
    const stream = given.startsWith(prefix) ? given : `${prefix}${given}`
    if (await isThere(log, stream)) return { is: kinds[at]!, id: stream.slice(prefix.length), stream, host }
  }
  throw new AuditError('not-found', `No listing, publisher or lead has the id ${given}.`)
}

/** The same for a listing alone. @throws AuditError `not-found`, `used-wrongly` when something else has the id */
export async function findListing(audited: Audited, given: string): Promise<Found> {
  const found = await findStream(audited, given)
  if (found.is === 'listing') return found
  throw new AuditError('used-wrongly', `${given} is the id of a ${found.is}; that of a listing was expected.`)
}

/** What no name of a stream can be is nobody's: visible ASCII, and not too long. */
async function isThere(log: EventStore, stream: string): Promise<boolean> {
  if (!/^[\x21-\x7e]{1,128}$/.test(stream)) return false
  return (await log.readStream(stream, { limit: 1 })).head !== 'none'
}
