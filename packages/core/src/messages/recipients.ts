import type { MemberRole } from '../actor.js'
import { type MessageAudience, messageKinds } from '../message-kinds.js'
import type { SuppressedBecause } from './events.js'
import type { Recipient } from './message.js'
import type { Addressees } from './message-row.js'

/** What of a publisher says who is told, as it is now. */
export interface PublisherTold {
  readonly id: string
  readonly members: { readonly [actorId: string]: MemberTold }
  readonly notificationAddress?: { readonly id: string } | undefined
  readonly endpoints: { readonly [endpointId: string]: EndpointTold }
}

interface MemberTold {
  readonly role: MemberRole
  /** Kinds of messages that they want none of. */
  readonly muted?: readonly string[] | undefined
}

interface EndpointTold {
  readonly status: 'enabled' | 'disabled'
  /** The kinds that it gets; all when absent. */
  readonly kinds?: readonly string[] | undefined
}

/** Whom a message is requested for, and who of them is not told because they muted its kind. */
export interface Told {
  readonly recipients: readonly Recipient[]
  readonly muted: readonly Recipient[]
}

/** What it takes to know who is meant. */
export interface ToldFrom {
  readonly publisher?: PublisherTold
  /** Of the lead that the message is about. */
  readonly assignee?: string | undefined
  /** The actor ids of all reviewers. */
  readonly reviewers?: readonly string[]
}

/** Who is meant, as things are now. Asked once for a message, when it is requested. */
export function recipientsOf(kind: string, to: Addressees, from: ToldFrom): Told {
  switch (to.are) {
    case 'recipients':
      return { recipients: to.recipients, muted: [] }
    case 'reviewers':
      return { recipients: (from.reviewers ?? []).map((actorId) => ({ is: 'staff', actorId })), muted: [] }
    case 'publisher':
      return from.publisher ? publisherTold(kind, from.publisher) : nobody
    case 'sales':
      return from.publisher ? byWish(kind, from.publisher, salesTold(from.publisher, from.assignee)) : nobody
  }
}

/** Why somebody who was to be told is not, as things are now; `undefined` while they are. */
export function whyNotTold(kind: string, to: Recipient, publisher: PublisherTold): SuppressedBecause | undefined {
  if (to.is === 'endpoint') return notWanted(kind, publisher.endpoints[to.endpointId])
  if (to.is !== 'member') return undefined
  const member = memberTold(publisher, to.actorId)
  if (!member || !rolesTold(kind).includes(member.role)) return 'left'
  return hasMuted(kind, member) ? 'muted' : undefined
}

const nobody: Told = { recipients: [], muted: [] }
const listers: readonly MemberRole[] = ['administrator', 'lister']
const sellers: readonly MemberRole[] = ['administrator', 'sales']
const everyRole: readonly MemberRole[] = ['administrator', 'lister', 'sales', 'viewer']
const rolesByAudience: { readonly [Audience in MessageAudience]?: readonly MemberRole[] } = {
  publisher: listers,
  sales: sellers,
}

/** Its notification address, else its administrators and listers; and every endpoint that wants the kind. */
function publisherTold(kind: string, publisher: PublisherTold): Told {
  const { recipients, muted } = peopleTold(kind, publisher)
  return { recipients: [...recipients, ...endpointsTold(kind, publisher)], muted }
}

function peopleTold(kind: string, publisher: PublisherTold): Told {
  const { id: publisherId, notificationAddress: address } = publisher
  if (address) return { recipients: [{ is: 'address', publisherId, addressId: address.id }], muted: [] }
  return byWish(kind, publisher, withRole(publisher, listers))
}

function endpointsTold(kind: string, { id: publisherId, endpoints }: PublisherTold): readonly Recipient[] {
  return Object.keys(endpoints)
    .filter((endpointId) => notWanted(kind, endpoints[endpointId]) === undefined)
    .map((endpointId) => ({ is: 'endpoint', publisherId, endpointId }))
}

/** Why an endpoint gets no message of this kind; `undefined` when it does. */
function notWanted(kind: string, endpoint: EndpointTold | undefined): SuppressedBecause | undefined {
  if (endpoint?.status !== 'enabled') return 'gone'
  return endpoint.kinds === undefined || endpoint.kinds.includes(kind) ? undefined : 'muted'
}

/** The assignee while they may see leads, or every sales member, else the administrators. */
function salesTold(publisher: PublisherTold, assignee: string | undefined): readonly string[] {
  const assigned = assignee === undefined ? undefined : memberTold(publisher, assignee)
  if (assignee !== undefined && assigned && sellers.includes(assigned.role)) return [assignee]
  const sales = withRole(publisher, ['sales'])
  return sales.length > 0 ? sales : withRole(publisher, ['administrator'])
}

function byWish(kind: string, publisher: PublisherTold, actorIds: readonly string[]): Told {
  const { members, id: publisherId } = publisher
  const told = (muted: boolean) =>
    actorIds
      .filter((actorId) => hasMuted(kind, members[actorId]!) === muted)
      .map((actorId) => ({ is: 'member' as const, publisherId, actorId }))
  return { recipients: told(false), muted: told(true) }
}

function withRole({ members }: PublisherTold, roles: readonly MemberRole[]): readonly string[] {
  return Object.keys(members).filter((actorId) => roles.includes(members[actorId]!.role))
}

function memberTold({ members }: PublisherTold, actorId: string): MemberTold | undefined {
  return Object.hasOwn(members, actorId) ? members[actorId] : undefined
}

/** Kinds of one's own are for whomever the policy named, in any role. */
function rolesTold(kind: string): readonly MemberRole[] {
  const { to } = rulesOf(kind) ?? {}
  return (to && rolesByAudience[to]) ?? everyRole
}

/** Mandatory kinds cannot be muted. */
function hasMuted(kind: string, { muted = [] }: MemberTold): boolean {
  return rulesOf(kind)?.mandatory !== true && muted.includes(kind)
}

function rulesOf(kind: string) {
  return Object.hasOwn(messageKinds, kind) ? messageKinds[kind as keyof typeof messageKinds] : undefined
}
