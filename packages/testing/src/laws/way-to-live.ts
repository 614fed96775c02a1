import { type AnyCommand, isRefused, type JsonObject } from '@vitrine/core'
import { sampleFor } from '../arbitraries/sample-for.js'
import { people } from '../people.js'
import { answerOf, ask, type By, listingId, publisherId, type World } from '../world.js'

/** An operator may do what a reviewer may. */
const { olaf } = people

/**
 * Where a listing does not come live any more, though everybody does what they can: its publisher is reinstated, what was
 * taken down is let back, the review is done and everything it asks is given. Deleted listings, and those of a publisher
 * that was refused, are final.
 */
export function wayToLive(world: World): string | undefined {
  if (!world.listing.exists || !isInBusiness(world)) return undefined
  let there = world
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const next = nextMove(there)
    if (!next) return undefined
    const { by, command } = next
    const moved = ask(there, by, command)
    const answer = answerOf(moved)
    if (isRefused(answer)) return `There is no way on: ${command.type} was refused. ${answer.refused.message}`
    there = moved
  }
  return `There is no way on: after ${mostSteps} steps nothing is live.`
}

const mostSteps = 40

function isInBusiness({ publisher }: World): boolean {
  return publisher.status === 'approved' || publisher.status === 'suspended'
}

type Approved = Extract<World['listing']['working'], { status: 'approved' }>

interface Next {
  readonly by: By
  readonly command: AnyCommand
}

/** What is next on the way to a publication of something new; nothing once there is one. */
function nextMove(world: World): Next | undefined {
  const { publisher, listing, rules } = world
  const { working, live } = listing
  const member = Object.values(publisher.members).find(({ role }) => role === 'administrator')
  const owner = { id: idOf(publisher.members, member), name: member?.name ?? '' }
  const of = (by: By, type: string, payload: object = {}): Next => ({ by, command: { type, listingId, ...payload } })
  if (publisher.status === 'suspended') return { by: olaf, command: { type: 'ReinstatePublisher', publisherId } }
  if (live.status === 'suspended') return of(olaf, 'Reinstate')
  switch (working.status) {
    case 'none':
      return live.status === 'none' ? of(owner, 'StartRevision') : undefined
    case 'draft':
    case 'rejected':
      return isReady(working.content, sampleFor(rules, listing.kind))
        ? of(owner, 'Submit', { publishMode: 'manual', comment: 'Once more' })
        : of(owner, 'Revise', { changes: sampleFor(rules, listing.kind) })
    case 'submitted':
    case 'inReview':
      return nextInReview(world, of)
    case 'approved':
      if (world.now > working.approval.publishBy) return of('system', 'ExpireApproval', deadlineOf(working))
      return of(owner, 'Publish', { revision: working.revision })
  }
}

function nextInReview({ listing, rules }: World, of: (by: By, type: string, payload?: object) => Next): Next {
  const { working } = listing
  if (working.status !== 'submitted' && working.status !== 'inReview') throw new Error('Nothing is under review.')
  const { id: submissionId, contentHash, questions, verdicts } = working.submission
  if (working.status === 'inReview' && working.held) return of(olaf, 'ResumeReview')
  const open = Object.entries(questions).find(([, { status }]) => status === 'open')
  if (open) return of(olaf, 'CloseQuestion', { questionId: open[0] })
  const check = Object.keys(rules.kinds[listing.kind]?.checks ?? {}).find(
    (name) => verdicts[name]?.verdict !== 'passed' && verdicts[name]?.verdict !== 'waived',
  )
  if (check !== undefined) return of(olaf, 'RecordCheck', { check, verdict: 'waived', note: 'Known to be right' })
  return of(olaf, 'Approve', { submissionId, contentHash })
}

function deadlineOf({ submission, approval }: Approved): object {
  return { submissionId: submission.id, publishBy: approval.publishBy }
}

function isReady(content: JsonObject, sample: JsonObject): boolean {
  return Object.entries(sample).every(([field, value]) => JSON.stringify(content[field]) === JSON.stringify(value))
}

function idOf<Value>(members: { readonly [id: string]: Value }, member: Value | undefined): string {
  return Object.entries(members).find(([, one]) => one === member)?.[0] ?? ''
}
