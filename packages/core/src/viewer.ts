/** For whom something is made: what they are to the publisher whose thing it is. */
export interface Viewer {
  readonly actorId: string
  readonly staff: boolean
  /** The viewer is on the publisher's team. */
  readonly member: boolean
}

/** What decides how much is seen of a publisher's thing (T30). */
export type ViewerKind = 'staff' | 'member' | 'outsider'

/** How much a viewer sees: staff who are on the publisher's own team see what the team sees (T27). */
export function viewerKind({ staff, member }: Pick<Viewer, 'staff' | 'member'>): ViewerKind {
  if (member) return 'member'
  return staff ? 'staff' : 'outsider'
}
