import type { AnyCommand, Listing, Person } from '@vitrine/core'
import { appSample, people, serviceSample } from '@vitrine/testing'

/** One command in the life of a listing. What it says may depend on the listing as it is then. */
export interface Step {
  /** Hours after the step before. */
  readonly after: number
  readonly by: Person
  readonly type: string
  readonly payload: (listing: Pick<Listing, 'working'>) => object
}

/** How the listings of a kind live, and how often. */
export interface Life {
  readonly weight: number
  readonly kind: 'app' | 'service'
  readonly steps: readonly Step[]
}

const { ada, luc, rita, olaf } = people

/** From an idea to a page that is live, with a question on the way: ten commands. */
export function toPublication(kind: Life['kind']): readonly Step[] {
  return [...written(kind), submitted, ...asked, ...checked(kind), approved, published]
}

/** The lives of a marketplace's listings: most go live, many are kept up to date, some never leave the desk. */
export function lives(): readonly Life[] {
  return (['app', 'service'] as const).flatMap((kind) => {
    const first = toPublication(kind)
    const updates = (count: number) => Array.from({ length: count }, (_, at) => updated(kind, at + 2)).flat()
    return [
      { weight: 10, kind, steps: [...written(kind), revised(30, 1), revised(200, 2)] },
      { weight: 5, kind, steps: [...written(kind), submitted, ...asked] },
      { weight: 15, kind, steps: [...written(kind), submitted, rejected, revised(40, 1), submitted, ...rest(kind)] },
      { weight: 25, kind, steps: [...first, ...updates(1)] },
      { weight: 30, kind, steps: [...first, ...updates(2)] },
      { weight: 10, kind, steps: [...first, ...updates(4), ...hidden] },
      { weight: 5, kind, steps: [...first, ...suspended, ...withdrawn] },
    ]
  })
}

/** The shortest life that ends in the catalogue. */
export function shortestLife(kind: Life['kind']): Life {
  return { weight: 1, kind, steps: [...written(kind), submitted, ...rest(kind)] }
}

function step(by: Person, type: string, after: number, payload: object | Step['payload'] = {}): Step {
  return { by, type, after, payload: typeof payload === 'function' ? (payload as Step['payload']) : () => payload }
}

const submitted = step(ada, 'Submit', 20, { publishMode: 'manual', comment: 'Please look at the screenshots first.' })
const approved = step(rita, 'Approve', 5, decided)
const rejected = step(rita, 'Reject', 30, (listing: Pick<Listing, 'working'>) => ({
  ...decided(listing),
  reasons: [{ field: 'icon', seen: 'The icon is blurred at 32 pixels.', howToFix: 'Use a sharper one.' }],
}))
const published = step(ada, 'Publish', 26, ({ working }: Pick<Listing, 'working'>) => {
  return { revision: working.status === 'none' ? 0 : working.revision }
})
const asked = [
  step(rita, 'StartReview', 9),
  step(rita, 'AskQuestion', 1, { text: 'Which banks are supported, and since when?', blocking: true }),
  step(luc, 'AnswerQuestion', 22, (listing: Pick<Listing, 'working'>) => ({
    questionId: openQuestion(listing),
    text: 'All that speak EBICS, since March.',
  })),
]
const hidden = [step(ada, 'MakePrivate', 50), step(ada, 'MakePublic', 70)]
const suspended = [step(olaf, 'Suspend', 300, { reason: 'A complaint' }), step(olaf, 'Reinstate', 40)]
const withdrawn = [step(ada, 'Withdraw', 200, { reason: 'No longer sold' })]

function written(kind: Life['kind']): readonly Step[] {
  const changes = kind === 'service' ? serviceSample : appSample
  return [
    step(ada, 'Create', 0, { kind, name: 'Ledgerline' }),
    step(ada, 'Revise', 1, { changes: { ...changes } }),
    step(luc, 'Revise', 24, { changes: { longDescription: `${longText} Twice a day.` } }),
  ]
}

/** One more edition of a listing that is live, from the first word to the page: seven commands. */
export function updated(kind: Life['kind'], nth: number): readonly Step[] {
  return [step(luc, 'StartRevision', 240), revised(2, nth), revised(24, nth + 0.1), submitted, ...rest(kind)]
}

function rest(kind: Life['kind']): readonly Step[] {
  return [...checked(kind), approved, published]
}

function checked(kind: Life['kind']): readonly Step[] {
  const checks = kind === 'service' ? ['content', 'proofOfAbility'] : ['content']
  return checks.map((check) => step(rita, 'RecordCheck', 8, { check, verdict: 'passed', note: 'Read it all.' }))
}

function revised(after: number, edition: number): Step {
  const changes = { longDescription: `${longText} Edition ${edition}.`, keywords: ['invoices', 'ledger'] }
  return step(luc, 'Revise', after, { changes })
}

/** Stands for a text of its own in every listing. */
export const longText = 'LONG-TEXT'

function decided({ working }: Pick<Listing, 'working'>): object {
  if (!('submission' in working)) return {}
  const { id, contentHash } = working.submission
  return { submissionId: id, contentHash }
}

function openQuestion({ working }: Pick<Listing, 'working'>): string {
  return 'submission' in working ? (Object.keys(working.submission.questions)[0] ?? '') : ''
}

/** A step as a command to a listing. */
export function commandOf({ type, payload }: Step, listingId: string, listing: Pick<Listing, 'working'>): AnyCommand {
  return { type, listingId, ...payload(listing) }
}
