import {
  type Asked,
  endSubmission,
  listers,
  notInGoodStanding,
  submissionIn,
  type TableRow,
  whileSuspended,
} from './table-row.js'

const day = 24 * 60 * 60 * 1000
const pastDeadline = { 'approval-expired': ({ listing, around }: Asked) => around.now > listing.approval!.publishBy }
const inGoodStanding = { ...notInGoodStanding, ...whileSuspended }
const withoutRight = { 'auto-publish-not-granted': ({ around }: Asked) => !around.autoPublish }
/** What Publish says of what it cannot publish any more, or not now. */
const elsewhere = ['approval-expired', 'listing-suspended']

/** From approval to publication, or to its deadline: from the domain page, line by line. */
export const tableOfPublication: readonly TableRow[] = [
  {
    deed: 'Publish',
    who: listers,
    working: ['approved'],
    elsewhere,
    holds: ({ listing }) => listing.working === 'none' && isShown(listing.live),
    unless: { ...pastDeadline, ...inGoodStanding },
    writes: published,
    effect: (on) => goLive(on),
  },
  {
    deed: 'Publish: privately',
    who: listers,
    working: ['approved'],
    elsewhere,
    holds: ({ listing }) => listing.working === 'none' && listing.live === 'private',
    unless: {
      ...pastDeadline,
      ...inGoodStanding,
      'visibility-stays': ({ listing }) => listing.lastVisibility === 'public',
    },
    writes: published,
    effect: (on) => goLive(on, 'private'),
  },
  {
    deed: 'Publish: another revision',
    who: listers,
    working: ['approved'],
    elsewhere,
    unless: { ...pastDeadline, ...inGoodStanding, 'another-revision': () => true },
    writes: () => [],
    effect: () => {},
  },
  {
    deed: 'Publish: by itself',
    who: ['system'],
    working: ['approved'],
    elsewhere,
    unless: { ...pastDeadline, 'publish-mode-manual': (on) => submissionIn(on).mode === 'manual' },
    writes: (on) => (isDenied(on) ? ['PublishModeChanged'] : published(on)),
    effect: (on) => {
      if (isDenied(on)) submissionIn(on).mode = 'manual'
      else goLive(on)
    },
  },
  {
    deed: 'ChangePublishMode: manual',
    who: listers,
    working: ['submitted', 'inReview', 'approved'],
    holds: (on) => modeInFlight(on) === 'manual',
    writes: () => ['PublishModeChanged'],
    effect: (on) => {
      submissionIn(on).mode = 'manual'
    },
  },
  {
    deed: 'ChangePublishMode: auto',
    who: listers,
    working: ['submitted', 'inReview', 'approved'],
    holds: (on) => modeInFlight(on) === 'auto',
    unless: {
      ...withoutRight,
      'approval-expired': ({ listing, around }) => around.now > (listing.approval?.publishBy ?? Infinity),
      'publisher-suspended': ({ listing, around }) =>
        listing.working === 'approved' && around.publisher === 'suspended',
      'listing-suspended': ({ listing }) => listing.working === 'approved' && listing.live === 'suspended',
    },
    writes: (on) => ['PublishModeChanged', ...(on.listing.working === 'approved' ? published(on) : [])],
    effect: (on) => {
      submissionIn(on).mode = 'auto'
      if (on.listing.working === 'approved') goLive(on)
    },
  },
  ...[30, 14, 7, 1].map(remind),
  {
    deed: 'ExtendDeadline',
    who: ['operator'],
    working: ['approved'],
    elsewhere: ['approval-expired'],
    unless: pastDeadline,
    writes: () => ['PublicationDeadlineExtended'],
    effect: ({ listing, around }) => {
      listing.approval = { publishBy: listing.approval!.publishBy + 10 * day, runsSince: around.now }
    },
  },
  {
    deed: 'ExtendDeadline: to an earlier instant',
    who: ['operator'],
    working: ['approved'],
    elsewhere: ['approval-expired'],
    unless: { ...pastDeadline, 'deadline-not-later': () => true },
    writes: () => [],
    effect: () => {},
  },
  {
    deed: 'ExpireApproval',
    who: ['system'],
    working: ['approved'],
    holds: ({ listing }) => listing.working === 'rejected' && listing.rejectedBy === 'system',
    unless: { 'not-due': ({ listing, around }) => around.now <= listing.approval!.publishBy },
    writes: () => ['AutoRejected'],
    effect: (on) => {
      endSubmission(on, true)
      on.listing.working = 'rejected'
      on.listing.rejectedBy = 'system'
      delete on.listing.approval
    },
  },
]

/** T29: a threshold counts when it lies after the approval or extension, is reached, and none as small was reminded of. */
function remind(threshold: number): TableRow {
  return {
    deed: `RemindPublication: ${threshold} days before`,
    who: ['system'],
    working: ['approved'],
    holds: ({ listing }) => (listing.approval?.remindedFor ?? Infinity) <= threshold,
    unless: {
      'not-due': ({ listing, around }) => {
        const { publishBy, runsSince } = listing.approval!
        const at = publishBy - threshold * day
        return at <= runsSince || around.now < at || around.now >= publishBy
      },
    },
    writes: () => ['PublicationReminded'],
    effect: ({ listing }) => {
      listing.approval!.remindedFor = threshold
    },
  }
}

function published({ listing }: Asked): readonly string[] {
  return listing.live === 'none' ? ['Published'] : ['Published', 'Superseded']
}

/** Old and new swap at once; the first time as is asked, afterwards as last (T19). */
function goLive(on: Asked, asked?: 'private'): void {
  const { listing } = on
  endSubmission(on, true)
  const visibility = listing.lastVisibility ?? asked ?? 'public'
  listing.archive = { ...listing.archive, [listing.revision]: listing.edition }
  listing.live = visibility
  listing.lastVisibility = visibility
  listing.liveRevision = listing.revision
  listing.downByOperator = false
  delete listing.withdrawnBy
  listing.working = 'none'
  listing.revision = 0
  listing.edition = {}
  delete listing.submission
  delete listing.approval
}

/** T9: never publish by itself on a revoked right, nor while the publisher or the listing is suspended. */
function isDenied({ listing, around }: Asked): boolean {
  return !around.autoPublish || around.publisher === 'suspended' || listing.live === 'suspended'
}

function modeInFlight({ listing }: Asked): string | undefined {
  return ['submitted', 'inReview', 'approved'].includes(listing.working) ? listing.submission?.mode : undefined
}

function isShown(live: string): boolean {
  return live === 'public' || live === 'private'
}
