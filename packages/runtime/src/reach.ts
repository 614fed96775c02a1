import {
  type Address,
  endpointIn,
  memberIn,
  type Publisher,
  publisherAggregate,
  type Recipient,
  type Sealed,
  type SuppressedBecause,
  secretsAt,
  whyNotTold,
} from '@vitrine/core'
import type { MessageWiring } from './message-wiring.js'
import { openerOf } from './open-sealed.js'
import type { Contact } from './people.js'

/** Where somebody is reached now, and in which language. */
export interface Reached {
  readonly address: Address
  readonly locale: string
}

/** Why somebody is not reached. */
export interface NotReached {
  readonly suppressed: SuppressedBecause
}

/** Looks up where a recipient is reached: what was erased, revoked or left behind since the request is seen here. */
export async function reach(wiring: MessageWiring, kind: string, to: Recipient): Promise<Reached | NotReached> {
  if (to.is === 'named') return noAddress
  if (to.is === 'staff') return reachStaff(wiring, to.actorId)
  const { state } = await wiring.wiring.streams.afresh(`${publisherAggregate.prefix}${to.publisherId}`)
  const publisher = state as Publisher
  const suppressed = whyNotTold(kind, to, publisher)
  if (suppressed) return { suppressed }
  switch (to.is) {
    case 'member':
      return reachMember(wiring, publisher, to.actorId)
    case 'address':
      return byEmail(wiring, publisher.notificationAddress, 'erased')
    case 'invitee':
      return byEmail(wiring, publisher.invitations[to.invitationId], 'left')
    case 'endpoint':
      return reachEndpoint(wiring, publisher, to.endpointId)
  }
}

const noAddress: NotReached = { suppressed: 'no-address' }

async function reachStaff({ wiring, people }: MessageWiring, actorId: string): Promise<Reached | NotReached> {
  if ((await wiring.staff(actorId)) === undefined) return { suppressed: 'left' }
  return byContact(await people.contact(actorId))
}

/** Who joined by an invitation is reached where they were invited; everybody else the service knows. */
async function reachMember(
  wiring: MessageWiring,
  publisher: Publisher,
  actorId: string,
): Promise<Reached | NotReached> {
  const { email, locale = 'en', name } = memberIn(publisher, actorId) ?? {}
  if (!email) return byContact(await wiring.people.contact(actorId))
  return byEmail(wiring, { email, locale, name }, 'erased')
}

/** While a secret is renewed, messages are signed with both. */
async function reachEndpoint(
  { wiring }: MessageWiring,
  publisher: Publisher,
  endpointId: string,
): Promise<Reached | NotReached> {
  const endpoint = endpointIn(publisher, endpointId)
  if (!endpoint) return { suppressed: 'gone' }
  const sealed = secretsAt(endpoint, wiring.clock().toISOString())
  const open = await openerOf(wiring.keys, [{ sealed }])
  const secrets = sealed.map((one) => open(one)).filter((secret) => secret !== undefined)
  if (secrets.length === 0) return { suppressed: 'erased' }
  return { address: { by: 'webhook', url: endpoint.url, secrets }, locale: 'en' }
}

interface SealedContact {
  readonly email: Sealed<string>
  readonly locale: string
  readonly name?: string | undefined
}

async function byEmail(
  { wiring }: MessageWiring,
  contact: SealedContact | undefined,
  otherwise: SuppressedBecause,
): Promise<Reached | NotReached> {
  if (!contact) return { suppressed: otherwise }
  const { email: sealed, locale, name } = contact
  const email = (await openerOf(wiring.keys, [{ sealed }]))(sealed)
  return email === undefined
    ? { suppressed: 'erased' }
    : reachedAt({ email, locale, ...(name !== undefined && { name }) })
}

function byContact(contact: Contact | undefined): Reached | NotReached {
  return contact ? reachedAt(contact) : noAddress
}

function reachedAt({ email, name, locale }: Contact): Reached {
  return { address: { by: 'email', email, ...(name !== undefined && { name }) }, locale: locale ?? 'en' }
}
