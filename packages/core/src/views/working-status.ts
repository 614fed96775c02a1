import type { StoredListingEvent } from '../listing/events.js'
import type { WorkingStatus } from '../listing/state.js'

/** The status of the working revision after each event that changes it. */
const statusAfter = {
  Created: 'draft',
  Revised: 'draft',
  VanityUrlClaimed: 'draft',
  VanityUrlReleased: 'draft',
  Submitted: 'submitted',
  SubmissionRecalled: 'draft',
  ReviewStarted: 'inReview',
  Approved: 'approved',
  Rejected: 'rejected',
  Published: 'none',
  AutoRejected: 'rejected',
  RevisionStarted: 'draft',
  RevisionDiscarded: 'none',
} as const satisfies { [Type in StoredListingEvent['type']]?: WorkingStatus }

type WorkingType = keyof typeof statusAfter

/** The working revision of a listing. Without one, `revision` is that of the last there was. */
export interface WorkingStanding {
  readonly status: WorkingStatus
  readonly revision: number
}

/** Before the first event. */
export const notWorking: WorkingStanding = { status: 'none', revision: 0 }

/** The events that change the status of the working revision. */
export const workingTypes = Object.keys(statusAfter).filter(isWorkingType)

/** The working revision after an event; other events change nothing. */
export function workingAfter(working: WorkingStanding, event: StoredListingEvent): WorkingStanding {
  if (!isWorkingType(event.type)) return working
  const status = statusAfter[event.type]
  if (event.type === 'Created') return { status, revision: 1 }
  return { status, revision: event.type === 'RevisionStarted' ? event.data.revision : working.revision }
}

function isWorkingType(type: string): type is WorkingType {
  return type in statusAfter
}
