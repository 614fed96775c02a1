import type { MemberRole } from './actor.js'

/** For whom something is made: what they are to the publisher whose thing it is. */
export interface Viewer {
  readonly actorId: string
  readonly staff: boolean
  /** The viewer is on the publisher's team. */
  readonly member: boolean
  /** The role on that team. */
  readonly role?: MemberRole
  /** The service's own code, which answers to nobody here. */
  readonly unrestricted?: true
}

/** What decides how much is seen of a publisher's thing (T30). */
export type ViewerKind = 'staff' | 'member' | 'outsider'

/**
 * How much a viewer sees: staff who are on the publisher's own team see what the team sees (T27). Where only some roles
 * of the team see a thing, the others are as far from it as outsiders.
 */
export function viewerKind(
  { staff, member, role }: Pick<Viewer, 'staff' | 'member' | 'role'>,
  seenBy?: readonly MemberRole[],
): ViewerKind {
  if (!member) return staff ? 'staff' : 'outsider'
  return seenBy === undefined || (role !== undefined && seenBy.includes(role)) ? 'member' : 'outsider'
}
