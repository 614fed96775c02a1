import type { Listing, Submission, Working } from './state.js'

/**
 * A copy of a listing that `evolveListing` may be run on, with these events or with any, while the first one stays as it
 * was. What it only ever replaces is shared: content, what is live, a decision. What it changes in place is copied.
 */
export function ownCopyOfListing(listing: Listing, events?: readonly { readonly type: string }[]): Listing {
  const copy = { ...listing, working: ownWorking(listing.working) }
  if (!events) for (const own of everyPart) own(copy)
  else for (const { type } of events) partsChangedBy.get(type)?.(copy)
  return copy
}

type OwnPart = (copy: Listing) => void

const staffOnly: OwnPart = (copy) => {
  copy.staffOnly = { ...copy.staffOnly }
}
const notes: OwnPart = (copy) => {
  copy.staffOnly = { ...copy.staffOnly, notes: { ...copy.staffOnly.notes } }
}
const askedBy: OwnPart = (copy) => {
  copy.staffOnly = { ...copy.staffOnly, askedBy: { ...copy.staffOnly.askedBy } }
}
const questions: OwnPart = (copy) => {
  copy.questionsAsked = [...copy.questionsAsked]
  askedBy(copy)
}
const evidence: OwnPart = (copy) => {
  copy.evidence = [...copy.evidence]
}
const everLive: OwnPart = (copy) => {
  copy.archive = { ...copy.archive }
  copy.slugsEverLive = [...copy.slugsEverLive]
}
const withdrawn: OwnPart = (copy) => {
  copy.operatorWithdrew = [...copy.operatorWithdrew]
}

const everyPart: readonly OwnPart[] = [notes, questions, evidence, everLive, withdrawn]

/** What an event changes in place beside the working revision. Whatever were missing here is frozen: to change it throws. */
const partsChangedBy: ReadonlyMap<string, OwnPart> = new Map([
  ['ReviewStarted', staffOnly],
  ['QuestionAsked', questions],
  ['EvidenceRequested', askedBy],
  ['EvidenceProvided', evidence],
  ['EvidenceErased', evidence],
  ['CheckPassed', notes],
  ['CheckFailed', notes],
  ['CheckWaived', notes],
  ['ReviewHeld', staffOnly],
  ['ReviewResumed', staffOnly],
  ['Published', everLive],
  ['PublicationDeadlineExtended', staffOnly],
  ['Withdrawn', withdrawn],
])

function ownWorking(working: Working): Working {
  switch (working.status) {
    case 'none':
    case 'draft':
      return { ...working }
    case 'approved':
      return { ...working, submission: ownSubmission(working.submission), approval: { ...working.approval } }
    default:
      return { ...working, submission: ownSubmission(working.submission) }
  }
}

function ownSubmission(submission: Submission): Submission {
  const { questions, suggestions, evidenceRequests, madeRequired, verdicts } = submission
  return {
    ...submission,
    questions: ownQuestions(questions),
    suggestions: [...suggestions],
    evidenceRequests: { ...evidenceRequests },
    madeRequired: [...madeRequired],
    verdicts: { ...verdicts },
  }
}

function ownQuestions(questions: Submission['questions']): Submission['questions'] {
  const copy: Submission['questions'] = {}
  for (const id of Object.keys(questions)) copy[id] = { ...questions[id]! }
  return copy
}
