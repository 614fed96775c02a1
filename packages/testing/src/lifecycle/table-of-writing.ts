import { sameEdition } from './naive-listing.js'
import { type Asked, backToDraft, endSubmission, listers, notInGoodStanding, type TableRow } from './table-row.js'

const writable = ['draft', 'rejected', 'approved'] as const

/** Writing a listing: from the domain page, line by line. */
export const tableOfWriting: readonly TableRow[] = [
  {
    deed: 'Create',
    who: listers,
    begins: true,
    unless: notInGoodStanding,
    writes: () => ['Created'],
    effect: ({ listing }) => {
      listing.exists = true
      listing.working = 'draft'
      listing.revision = 1
      listing.newest = 1
    },
  },
  revise('Revise: one text', 'One'),
  revise('Revise: another text', 'Two'),
  revise('Revise: no text', undefined),
  {
    deed: 'ClaimVanityUrl',
    who: listers,
    working: writable,
    holds: ({ listing }) => listing.edition.slug === 'ledgerline',
    unless: { 'slug-taken': ({ around }) => around.slugTaken },
    writes: () => ['VanityUrlClaimed'],
    effect: (on) => {
      backToDraft(on)
      on.listing.edition = { ...on.listing.edition, slug: 'ledgerline' }
    },
  },
  {
    deed: 'ReleaseVanityUrl',
    who: listers,
    working: writable,
    holds: ({ listing }) => listing.working !== 'none' && listing.edition.slug === undefined,
    writes: () => ['VanityUrlReleased'],
    effect: (on) => {
      backToDraft(on)
      on.listing.edition = without(on.listing.edition, 'slug')
    },
  },
  submit('Submit: manual', 'manual', 'Ready'),
  submit('Submit: auto', 'auto', 'Ready'),
  submit('Submit: manual, no comment', 'manual', ''),
  {
    deed: 'RecallSubmission',
    who: listers,
    working: ['submitted', 'inReview'],
    writes: () => ['SubmissionRecalled'],
    effect: (on) => {
      endSubmission(on, false)
      backToDraft(on)
    },
  },
  {
    deed: 'StartRevision',
    who: listers,
    working: ['none'],
    writes: () => ['RevisionStarted'],
    effect: ({ listing }) => {
      const from =
        listing.live === 'none' ? Math.max(...Object.keys(listing.archive).map(Number)) : listing.liveRevision
      listing.working = 'draft'
      listing.newest += 1
      listing.revision = listing.newest
      listing.edition = { ...listing.archive[from] }
    },
  },
  {
    deed: 'DiscardRevision',
    who: listers,
    working: ['draft', 'rejected'],
    unless: { 'never-live': ({ listing }) => Object.keys(listing.archive).length === 0 },
    writes: () => ['RevisionDiscarded'],
    effect: ({ listing }) => {
      listing.working = 'none'
      listing.revision = 0
      listing.edition = {}
      delete listing.submission
      delete listing.rejectedBy
    },
  },
  {
    deed: 'Delete',
    who: listers,
    working: ['draft'],
    unless: { 'once-submitted': ({ listing }) => listing.last !== undefined },
    writes: () => ['Deleted'],
    effect: ({ listing }) => {
      listing.exists = false
      listing.working = 'none'
      listing.revision = 0
      listing.edition = {}
      listing.newest = 0
    },
  },
]

function revise(deed: string, headline: string | undefined): TableRow {
  return {
    deed,
    who: listers,
    working: writable,
    holds: ({ listing }) => listing.working !== 'none' && listing.edition.headline === headline,
    writes: () => ['Revised'],
    effect: (on) => {
      backToDraft(on)
      const { edition } = on.listing
      on.listing.edition = headline === undefined ? without(edition, 'headline') : { ...edition, headline }
    },
  }
}

function submit(deed: string, mode: 'auto' | 'manual', comment: string): TableRow {
  return {
    deed,
    who: listers,
    working: ['draft', 'rejected'],
    holds: ({ listing }) =>
      listing.working === 'submitted' && listing.submission?.mode === mode && listing.submission.comment === comment,
    unless: {
      ...notInGoodStanding,
      incomplete: ({ listing }) => listing.edition.headline === undefined,
      ...(mode === 'auto' && { 'auto-publish-not-granted': ({ around }: Asked) => !around.autoPublish }),
      ...(comment === '' && {
        'comment-needed': ({ listing }: Asked) => sameEdition(listing.last?.decided, listing.edition),
      }),
    },
    writes: () => ['Submitted'],
    effect: ({ listing }) => {
      const carries = sameEdition(listing.last?.edition, listing.edition) ? (listing.last?.carries ?? {}) : {}
      listing.working = 'submitted'
      delete listing.rejectedBy
      listing.submission = {
        edition: listing.edition,
        mode,
        comment,
        questions: [],
        evidenceAskedFor: [],
        madeRequired: [],
        verdicts: Object.fromEntries(
          Object.entries(carries).map(([check, verdict]) => [check, { verdict, carried: true }]),
        ),
        held: false,
      }
    },
  }
}

function without<Field extends string>(edition: { [field in Field]?: string }, field: Field): object {
  const { [field]: _, ...rest } = edition
  return rest
}
