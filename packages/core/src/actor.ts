/** Roles on a publisher's team. */
export const memberRoles = ['administrator', 'lister', 'sales', 'viewer'] as const
export type MemberRole = (typeof memberRoles)[number]

/** Roles of the marketplace's own people. An operator may do all that a reviewer may. */
export const staffRoles = ['reviewer', 'operator'] as const
export type StaffRole = (typeof staffRoles)[number]

/** A person as the embedding service knows them. Roles are never taken from the caller's word. */
export interface Person {
  readonly id: string
  readonly name: string
}

/** Who asks, with every role that was established: by the publisher's stream, the service's staff function, the runtime. */
export interface Asker extends Person {
  readonly member?: MemberRole
  readonly staff?: StaffRole
  readonly system?: true
  readonly visitor?: true
}

/** The system itself: time and policies act in its name. Nobody can pass it in. */
export const system: Asker = { id: 'system', name: 'Vitrine', system: true }

/** Someone who asks without being known: reads what is public, captures leads. */
export const visitor: Asker = { id: 'visitor', name: 'a visitor', visitor: true }

/** How staff appears to publishers and outsiders (T30). */
export const theMarketplace = { id: 'marketplace', name: 'the marketplace', role: 'marketplace' } as const

/** The role under which an asker acts on things of this publisher; members act as members, even when they are staff (T27). */
export function roleOf(asker: Asker): string {
  if (asker.system) return 'system'
  if (asker.visitor) return 'visitor'
  return asker.member ?? asker.staff ?? 'person'
}

/** Whether the asker acts for the marketplace here: staff that is no member of the publisher (T27). */
export function actsAsStaff(asker: Asker): boolean {
  return asker.system === true || (asker.staff !== undefined && asker.member === undefined)
}

/**
 * Who asks, where only these roles of the team see a thing at all: members with another one are strangers to it, also when
 * they are staff (T27).
 */
export function askerAmong(asker: Asker, seenBy: readonly MemberRole[]): Asker {
  const { id, name, member } = asker
  return member === undefined || seenBy.includes(member) ? asker : { id, name }
}

/** Whether a role that was stored with an event belongs to the marketplace's people. */
export function isStaffRole(role: string): role is StaffRole {
  return (staffRoles as readonly string[]).includes(role)
}
