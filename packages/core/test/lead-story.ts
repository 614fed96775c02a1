import type { Sealed } from '../src/personal.js'
import { ada, clock, otto, streamOf } from './stored-event.js'

const visitor = { id: 'visitor', name: 'a visitor', role: 'visitor' }

/** Steps in the life of a lead, named as people would tell it. */
export function leadStory(id = 'd-1', listingId = 'l-1', publisherId = 'p-1') {
  const on = streamOf(`lead-${id}`, ada)
  const sealed = <Plain>(box: string): Sealed<Plain> => ({ subject: `lead-${id}`, box, mark: `mark of ${box}` })
  return {
    on,
    sealed,
    captured: (at?: string, respondBy = '2026-03-03T00:00:00.000Z') =>
      on(
        'LeadCaptured',
        {
          listingId,
          publisherId,
          contact: sealed('contact'),
          message: sealed('message'),
          consent: { text: 'Yes.', at: '2026-02-28T23:00:00.000Z' },
          respondBy,
        },
        visitor,
        at,
      ),
    assigned: (assignee = 'u-sam') => on('LeadAssigned', { assignee }),
    unassigned: (assignee = 'u-sam') => on('LeadUnassigned', { assignee }),
    overdue: (respondBy = '2026-03-03T00:00:00.000Z') => on('FirstResponseOverdue', { respondBy }, clock),
    contacted: () => on('LeadContacted', {}),
    purchased: () => on('LeadPurchased', {}),
    delivered: () => on('LeadDelivered', {}),
    lost: () => on('LeadLost', { reason: sealed('reason') }),
    reopened: () => on('LeadReopened', {}),
    noted: () => on('LeadNoteAdded', { noteId: 'n', text: sealed('note') }),
    erased: () => on('LeadErased', {}, otto),
  }
}
