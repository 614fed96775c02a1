import { idIn } from '../id.js'
import type { EventNamed } from '../known-events.js'
import { forEachDocument, type Policy } from '../policy.js'
import type { StoredPublisherEvent } from '../publisher/events.js'
import { leadPipeline } from '../views/lead-pipeline.js'

/**
 * P7: the leads of a member who was removed go back to unassigned. Whether they have left for good, only the decision can
 * tell: who has joined again by then keeps them.
 */
export const unassignLeadsOfRemovedMembers: Policy<StoredPublisherEvent> = {
  name: 'unassign-leads-of-removed-members',
  on: {},
  forEach: {
    MemberRemoved: forEachDocument(leadPipeline, {
      where: (event: EventNamed<'MemberRemoved'>) => ({ publisherId: idIn(event), assignee: event.data.actorId }),
      react: ({ data: { actorId: assignee } }, { leadId }) => [
        { key: leadId, command: { type: 'UnassignLead', leadId, assignee } },
      ],
    }),
  },
}
