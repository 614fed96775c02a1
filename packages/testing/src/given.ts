import { people } from './people.js'
import { appSample, serviceSample } from './sample-content.js'
import type { Step } from './scenario.js'

const { ada, luc, sam, vic, rita, olaf } = people

/** What may differ in a listing that a scenario is given. */
export interface GivenListing {
  readonly kind?: 'app' | 'service'
  readonly publishMode?: 'auto' | 'manual'
  readonly slug?: string
  readonly visibility?: 'public' | 'private'
}

/** A publisher, approved, with a team of four and the right to publish automatically. */
export function approvedPublisher(): readonly Step[] {
  return [
    { by: ada, ask: { type: 'Register', name: 'Marsh Software' } },
    { by: olaf, ask: { type: 'ApprovePublisher' } },
    { by: olaf, ask: { type: 'GrantAutoPublish' } },
    { by: ada, ask: { type: 'AddMember', actorId: luc.id, name: luc.name, role: 'lister' } },
    { by: ada, ask: { type: 'AddMember', actorId: sam.id, name: sam.name, role: 'sales' } },
    { by: ada, ask: { type: 'AddMember', actorId: vic.id, name: vic.name, role: 'viewer' } },
  ]
}

/** A draft that is complete, by that publisher. */
export function draftListing({ kind = 'app', slug }: GivenListing = {}): readonly Step[] {
  return [
    ...approvedPublisher(),
    { by: luc, ask: { type: 'Create', kind, name: 'Ledgerline' } },
    { by: luc, ask: { type: 'Revise', changes: kind === 'app' ? appSample : serviceSample } },
    ...(slug === undefined ? [] : [{ by: luc, ask: { type: 'ClaimVanityUrl', slug } }]),
  ]
}

/** A listing that was handed in. */
export function submittedListing(listing: GivenListing = {}): readonly Step[] {
  return [...draftListing(listing), submit(listing)]
}

/** A listing under review. */
export function listingInReview(listing: GivenListing = {}): readonly Step[] {
  return [...submittedListing(listing), { by: rita, ask: { type: 'StartReview' } }]
}

/** A listing that was approved and waits for publication; policies have not run. */
export function approvedListing(listing: GivenListing = {}): readonly Step[] {
  return [...submittedListing(listing), ...approval(listing)]
}

/** A listing that is live, first revision. */
export function liveListing(listing: GivenListing = {}): readonly Step[] {
  const { visibility } = listing
  const publish = { by: luc, ask: { type: 'Publish', ...(visibility ? { visibility } : {}) } }
  return [...approvedListing({ ...listing, publishMode: 'manual' }), publish]
}

/** A live listing whose second revision is a draft with another headline. */
export function updatedListing(listing: GivenListing = {}): readonly Step[] {
  return [
    ...liveListing(listing),
    { by: luc, ask: { type: 'StartRevision' } },
    { by: luc, ask: { type: 'Revise', changes: { headline: 'Better than before' } } },
  ]
}

/** A live listing whose second revision was approved. */
export function approvedUpdate(listing: GivenListing = {}): readonly Step[] {
  return [...updatedListing(listing), submit(listing), ...approval(listing)]
}

/** A live listing with a second revision live, the first archived. */
export function listingLiveTwice(listing: GivenListing = {}): readonly Step[] {
  return [...approvedUpdate({ ...listing, publishMode: 'manual' }), { by: luc, ask: { type: 'Publish' } }]
}

/** The steps of a review that approves: every required check passes. */
export function approval({ kind = 'app' }: GivenListing = {}): readonly Step[] {
  const checks = kind === 'service' ? ['content', 'proofOfAbility'] : ['content']
  return [
    ...checks.map((check) => ({ by: rita, ask: { type: 'RecordCheck', check, verdict: 'passed' } })),
    { by: rita, ask: { type: 'Approve' } },
  ]
}

function submit({ publishMode = 'manual' }: GivenListing): Step {
  return { by: luc, ask: { type: 'Submit', publishMode, comment: 'Ready to be read' } }
}
