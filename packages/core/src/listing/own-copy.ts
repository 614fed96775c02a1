import type { Listing, Submission, Working } from './state.js'

/**
 * A copy of a listing that `evolveListing` may be run on while the first one stays as it was. What it only ever replaces
 * is shared: content, what is archived, what is live, a decision. What it changes in place is copied.
 */
export function ownCopyOfListing(listing: Listing): Listing {
  const { working, archive, slugsEverLive, questionsAsked, evidence, operatorWithdrew, staffOnly } = listing
  return {
    ...listing,
    working: ownWorking(working),
    archive: { ...archive },
    slugsEverLive: [...slugsEverLive],
    questionsAsked: [...questionsAsked],
    evidence: [...evidence],
    operatorWithdrew: [...operatorWithdrew],
    staffOnly: { ...staffOnly, notes: { ...staffOnly.notes }, askedBy: { ...staffOnly.askedBy } },
  }
}

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
