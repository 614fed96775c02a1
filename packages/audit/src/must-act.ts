import { hardFindings, kindOf, type Lead, type Listing, missingFields, type Publisher, type Rules } from '@vitrine/core'
import type { Found } from './find-stream.js'

/** Who has to do something for it to go on, and what. */
export interface MustAct {
  readonly who: 'publisher' | 'marketplace' | 'system' | 'nobody'
  readonly what: string
  /** Until when, where time decides otherwise. */
  readonly until?: string
}

/** Who must act next, as sentences; the most pressing one first. */
export function mustAct(is: Found['is'], state: object, rules: Rules): readonly MustAct[] {
  if (is === 'publisher') return ofPublisher(state as Publisher)
  return is === 'lead' ? ofLead(state as Lead) : ofListing(state as Listing, rules)
}

function ofListing(listing: Listing, rules: Rules): readonly MustAct[] {
  const { working } = listing
  switch (working.status) {
    case 'none':
      return [ofNothingWritten(listing)]
    case 'draft':
      return [{ who: 'publisher', what: `submit revision ${working.revision}${whatLacks(listing, rules)}` }]
    case 'submitted':
      return [...openRequests(listing), { who: 'marketplace', what: `review revision ${working.revision}` }]
    case 'inReview':
      return [...openRequests(listing), { who: 'marketplace', what: decisionDue(listing) }]
    case 'approved':
      return [ofApproved(working)]
    case 'rejected':
      return [{ who: 'publisher', what: ofRejected(working) }]
  }
}

type Working<Status> = Extract<Listing['working'], { status: Status }>

function ofNothingWritten({ exists, live, archive }: Listing): MustAct {
  if (!exists) return { who: 'nobody', what: 'it was deleted' }
  if (live.status === 'suspended') return { who: 'marketplace', what: 'reinstate it, or leave it suspended' }
  if (live.status !== 'none') return { who: 'nobody', what: 'it is live, and no update is written' }
  const were = Object.keys(archive).length > 0
  return {
    who: 'nobody',
    what: were ? 'nothing is live; a revision that was can be published again' : 'nothing is written',
  }
}

function whatLacks({ kind, working }: Listing, rules: Rules): string {
  const { content } = working as Working<'draft'>
  const missing = missingFields(kindOf(rules, kind), content)
  const hard = hardFindings(rules, kind, content)
  const lacks = [
    ...(missing.length > 0 ? [`once it has ${missing.join(', ')}`] : []),
    ...hard.map(({ message }) => message),
  ]
  return lacks.length > 0 ? ` – ${lacks.join('; ')}` : ''
}

function openRequests({ working }: Listing): readonly MustAct[] {
  const { submission } = working as Working<'submitted'>
  const questions = Object.values(submission.questions).filter(({ status }) => status === 'open')
  const evidence = Object.entries(submission.evidenceRequests)
  return [
    ...questions.map(({ text, blocking }): MustAct => {
      return { who: 'publisher', what: `answer ${blocking ? 'a blocking' : 'a'} question: ${text}` }
    }),
    ...evidence.map(([check, text]): MustAct => ({ who: 'publisher', what: `give evidence for ${check}: ${text}` })),
  ]
}

function decisionDue({ working, staffOnly }: Listing): string {
  const { held, revision } = working as Working<'inReview'>
  const why = staffOnly.holdReason
  return held
    ? `resume the review${why === undefined ? '' : `, which is held: ${why}`}`
    : `decide on revision ${revision}`
}

function ofApproved({ submission, approval, revision }: Working<'approved'>): MustAct {
  const until = approval.publishBy
  if (submission.publishMode === 'auto') return { who: 'system', what: `publish revision ${revision}`, until }
  return { who: 'publisher', what: `publish revision ${revision}`, until }
}

function ofRejected({ rejection, revision }: Working<'rejected'>): string {
  if (rejection.by === 'system')
    return `submit revision ${revision} again: its approval ran out on ${instantWords(rejection.publishBy)}`
  const reasons = rejection.reasons.map(({ seen, howToFix }) => `${seen} ${howToFix}`)
  return `revise revision ${revision}, or submit it again – ${reasons.join('; ')}`
}

function instantWords(instant: string): string {
  return `${instant.slice(0, 10)} at ${instant.slice(11, 16)}`
}

function ofPublisher({ status, reason = '' }: Publisher): readonly MustAct[] {
  if (status === 'pending') return [{ who: 'marketplace', what: 'approve or refuse it' }]
  if (status === 'approved') return [{ who: 'nobody', what: 'it is approved' }]
  return [{ who: 'nobody', what: `it is ${status}: ${reason}` }]
}

function ofLead({ status, respondBy, firstResponse }: Lead): readonly MustAct[] {
  if (status === 'new') {
    const late = firstResponse === 'overdue' ? ', which is overdue' : ''
    return [{ who: 'publisher', what: `respond for the first time${late}`, until: respondBy }]
  }
  const open = status === 'contacted' || status === 'purchased'
  return [open ? { who: 'publisher', what: `go on: it is ${status}` } : { who: 'nobody', what: `it is ${status}` }]
}
