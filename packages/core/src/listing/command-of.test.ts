import {
  type AnyCommand,
  decideBy,
  defineMarketplace,
  isRefused,
  type Listing,
  leadAggregate,
  listingAggregate,
  publisherAggregate,
} from '@vitrine/core'
import {
  type Asked,
  aggregateOf,
  appSample,
  ask,
  type Beginning,
  begin,
  enquiry,
  leadId,
  listingId,
  type Move,
  people,
  publisherId,
  secretOf,
  type World,
  wait,
} from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, sam, rita, olaf, zoe } = people
const day = 24 * 60 * 60 * 1000

/** A step: a move, one that is read off the state, or milliseconds that pass. */
type Step = Move | ((world: World) => Move) | number

const on = (by: Move['by'], type: string, payload: object = {}): Move => ({
  by,
  command: { type, listingId, ...payload },
})
const of = (by: Move['by'], type: string, payload: object = {}): Move => ({
  by,
  command: { type, publisherId, ...payload },
})
const about = (by: Move['by'], type: string, payload: object = {}): Move => ({
  by,
  command: { type, leadId, ...payload },
})
const submit = (publishMode = 'manual', comment = 'Please') => on(luc, 'Submit', { publishMode, comment })
const reasons = [{ guideline: 'headline-lines', field: 'headline', seen: 'Three lines', howToFix: 'Use two' }]
const checked = on(rita, 'RecordCheck', { check: 'content', verdict: 'passed', note: 'Read twice' })
const approve = ({ listing }: World) => on(rita, 'Approve', submissionIn(listing))
const approved: readonly Step[] = [submit(), checked, approve]
const question =
  (by: Move['by'], type: string, payload: object = {}) =>
  (world: World) =>
    on(by, type, { questionId: world.listing.questionsAsked.at(-1), ...payload })
const reminder =
  (threshold: number) =>
  ({ listing: { working } }: World) =>
    on('system', 'RemindPublication', {
      submissionId: submissionIn({ working }).submissionId,
      publishBy: working.status === 'approved' ? working.approval.publishBy : '',
      threshold,
    })

const invitation = (by: Move['by'], type: string) => (world: World) => {
  const invitationId = Object.keys(world.publisher.invitations)[0] ?? ''
  return of(by, type, type === 'AcceptInvitation' ? { invitationId, secret: secretOf(invitationId) } : { invitationId })
}

const endpoint = (by: Move['by'], type: string) => (world: World) =>
  of(by, type, { endpointId: Object.keys(world.publisher.endpoints)[0] ?? '' })

interface Life {
  readonly from: Beginning
  readonly steps: readonly Step[]
}

const customer = { customer: 'Northwind', engagement: 'Twelve months' }

const rows = { ...listingAggregate.rows, ...publisherAggregate.rows, ...leadAggregate.rows }

/** Every command there is, in every shape that its events can have. */
const lives: { readonly [of: string]: Life } = {
  'of a publisher': {
    from: 'nothing',
    steps: [
      of(ada, 'Register', { name: 'Marsh Software', website: 'https://marsh.example' }),
      of(olaf, 'RefusePublisher', { reason: 'Unknown company' }),
      of(olaf, 'ApprovePublisher'),
      of(olaf, 'SuspendPublisher', { reason: 'Unpaid fees' }),
      of(olaf, 'ReinstatePublisher'),
      of(olaf, 'GrantAutoPublish'),
      of(olaf, 'RevokeAutoPublish'),
      of(olaf, 'GrantAutoApproval'),
      of(olaf, 'RevokeAutoApproval'),
      of(ada, 'UpdateProfile', { name: 'Marsh and Daughters' }),
      of(ada, 'AddMember', { actorId: 'u-new', name: 'Nell Newly', role: 'viewer' }),
      of(ada, 'ChangeRole', { actorId: 'u-new', role: 'sales' }),
      of(ada, 'RemoveMember', { actorId: 'u-new' }),
      of(ada, 'SetNotificationAddress', { email: 'listings@marsh.example', locale: 'fr' }),
      of(ada, 'SetNotificationAddress', { email: 'sales@marsh.example' }),
      of(ada, 'RemoveNotificationAddress'),
      of(ada, 'SetNotificationPreferences', { muted: ['published', 'lead-captured'] }),
    ],
  },
  'of an invitation': {
    from: 'publisher',
    steps: [
      of(ada, 'InviteMember', { email: 'yan@home.example', role: 'viewer' }),
      invitation(ada, 'RevokeInvitation'),
      of(ada, 'InviteMember', { email: 'zoe@home.example', role: 'sales', locale: 'fr' }),
      invitation(zoe, 'AcceptInvitation'),
      of(zoe, 'RemoveMember', { actorId: zoe.id }),
    ],
  },
  'of an endpoint': {
    from: 'publisher',
    steps: [
      of(ada, 'AddEndpoint', { url: 'https://hooks.marsh.example/a', kinds: ['rejected'] }),
      of(ada, 'AddEndpoint', { url: 'http://localhost:8080/' }),
      endpoint(ada, 'RotateEndpointSecret'),
      endpoint('system', 'DisableEndpoint'),
      endpoint(ada, 'EnableEndpoint'),
      endpoint(ada, 'DisableEndpoint'),
      endpoint(ada, 'RemoveEndpoint'),
    ],
  },
  'of a draft': {
    from: 'publisher',
    steps: [
      on(luc, 'Create', { publisherId, kind: 'app', name: 'Ledgerline' }),
      on(luc, 'Revise', { changes: { ...appSample, keywords: ['ledger'] } }),
      on(luc, 'Revise', { changes: { keywords: null } }),
      on(luc, 'ClaimVanityUrl', { slug: 'ledgerline' }),
      on(luc, 'ReleaseVanityUrl'),
      on(luc, 'Delete'),
    ],
  },
  'of a review': {
    from: 'draft',
    steps: [
      submit('manual', ''),
      on(luc, 'RecallSubmission'),
      submit(),
      on(luc, 'ChangePublishMode', { mode: 'auto' }),
      on(rita, 'StartReview'),
      on(rita, 'AskQuestion', { text: 'Since when?', blocking: true }),
      question(luc, 'AnswerQuestion', { text: 'Since May.' }),
      on(rita, 'AskQuestion', { text: 'By whom?' }),
      question(rita, 'CloseQuestion'),
      on(rita, 'SuggestChanges', { field: 'headline', text: 'Shorter.' }),
      on(rita, 'RequestEvidence', { check: 'security', text: 'A report, please.' }),
      on(luc, 'ProvideEvidence', { check: 'security', links: ['https://reports.example/1'] }),
      on(rita, 'RequestEvidence', { check: 'security', text: 'And somebody to ask.' }),
      on(luc, 'ProvideEvidence', {
        check: 'security',
        references: [{ ...customer, contact: 'nora@northwind.example' }],
      }),
      ({ listing }) => on(luc, 'EraseEvidence', { evidenceId: listing.evidence.at(-1)?.evidenceId }),
      on(rita, 'RecordCheck', { check: 'security', verdict: 'failed' }),
      on(rita, 'RecordCheck', { check: 'security', verdict: 'waived', note: 'A known customer' }),
      checked,
      on(rita, 'HoldReview', { reason: 'Waiting for legal' }),
      on(rita, 'ResumeReview'),
      ({ listing }) => on(rita, 'Reject', { ...submissionIn(listing), reasons }),
      submit(),
      approve,
    ],
  },
  'of an approval that expires': {
    from: 'draft',
    steps: [
      ...approved,
      46 * day,
      reminder(14),
      on(olaf, 'ExtendDeadline', { until: '2026-12-24T12:00:00+01:00', reason: 'Trade fair' }),
      365 * day,
      on(luc, 'Revise', { changes: { headline: 'After the fair' } }),
    ],
  },
  'of something live': {
    from: 'draft',
    steps: [
      ...approved,
      on(luc, 'Publish', { revision: 1, visibility: 'private' }),
      on(luc, 'RenewPrivateLink'),
      on(luc, 'StartRevision'),
      on(luc, 'Revise', { changes: { headline: 'Better' } }),
      submit(),
      checked,
      approve,
      on(luc, 'ChangePublishMode', { mode: 'auto' }),
      on(luc, 'Republish', { revision: 1 }),
      on(luc, 'MakePublic'),
      on(luc, 'MakePrivate'),
      on(luc, 'MakePublic'),
      on(luc, 'StartRevision', { from: 2 }),
      on(luc, 'DiscardRevision'),
      on(luc, 'StartRevision'),
      on(luc, 'Revise', { changes: { headline: 'Best' } }),
      submit('auto'),
      on(olaf, 'Suspend', { reason: 'A complaint' }),
      on(olaf, 'Reinstate'),
      on(luc, 'ChangePublishMode', { mode: 'auto' }),
      on(luc, 'Withdraw', { reason: 'No longer sold' }),
      on(luc, 'Republish', { revision: 2, visibility: 'private' }),
      on(luc, 'Republish', { revision: 2, visibility: 'public' }),
    ],
  },
  'of an update': {
    from: 'live',
    steps: [
      on(luc, 'StartRevision'),
      on(luc, 'Revise', { changes: { headline: 'Better' } }),
      ...approved,
      on(luc, 'Publish', { revision: 2 }),
    ],
  },
  'of an automatic publication': {
    from: 'draft',
    steps: [
      submit('auto'),
      checked,
      approve,
      ({ listing }) => on('system', 'Publish', { submissionId: submissionIn(listing).submissionId }),
    ],
  },
  'of an automatic publication without the right to it': {
    from: 'draft',
    steps: [
      submit('auto'),
      checked,
      approve,
      of(olaf, 'RevokeAutoPublish'),
      ({ listing }) => on('system', 'Publish', { submissionId: submissionIn(listing).submissionId }),
      on(luc, 'Publish', { revision: 1 }),
    ],
  },
  'of a lead': {
    from: 'live',
    steps: [
      about('visitor', 'CaptureLead', { listingId, ...enquiry }),
      about(ada, 'AssignLead', { assignee: sam.id }),
      3 * day,
      ({ lead }) => about('system', 'RecordResponseOverdue', { respondBy: lead.respondBy }),
      about(sam, 'AddLeadNote', { text: 'Rang twice.' }),
      about(sam, 'MarkContacted'),
      about(sam, 'MarkLost', { reason: 'They chose another one.' }),
      about(sam, 'ReopenLead'),
      about(sam, 'UnassignLead'),
      about(ada, 'AssignLead', { assignee: sam.id }),
      of(ada, 'RemoveMember', { actorId: sam.id }),
      about('system', 'UnassignLead', { assignee: sam.id }),
      about(ada, 'MarkPurchased'),
      about(ada, 'MarkDelivered'),
      about(ada, 'EraseLead'),
    ],
  },
  'of a lead that came through a private link': {
    from: 'live',
    steps: [
      on(luc, 'MakePrivate'),
      ({ listing: { live } }) =>
        about('visitor', 'CaptureLead', {
          listingId,
          ...enquiry,
          consent: { text: 'Yes.', at: '2026-01-05T08:00:00Z' },
          ...(live.status === 'private' && { token: live.token }),
        }),
    ],
  },
}

describe('D26 what commandOf gives, decided again with the facts of then, gives the same events', () => {
  for (const [whose, life] of Object.entries(lives)) {
    it(whose, () => {
      for (const asked of lived(life)) {
        expect(decidedAgain(asked)).toEqual(writtenIn(asked))
      }
    })
  }

  it('names the command that was given, and what it was given to', () => {
    for (const asked of Object.values(lives).flatMap(lived)) {
      const { command } = commandOf(asked)
      const { idField } = aggregateOf(asked.command)
      expect(command).toMatchObject({ type: asked.command.type, [idField]: asked.command[idField] })
    }
  })

  it('writes the events that its row names, each of them at some time', () => {
    const asked = Object.values(lives).flatMap(lived)
    const written = Map.groupBy(asked, ({ command }) => command.type)
    for (const [type, { writes }] of Object.entries(rows)) {
      const types = written.get(type)?.flatMap(({ answer }) => (isRefused(answer) ? [] : answer.map((one) => one.type)))
      expect([type, [...new Set(types)].toSorted()]).toEqual([type, [...writes].toSorted()])
    }
  })

  it('of every command there is', () => {
    const asked = new Set(Object.values(lives).flatMap((life) => lived(life).map(({ command }) => command.type)))
    expect([...asked].toSorted()).toEqual(Object.keys(rows).toSorted())
  })
})

/** What was asked in a life; everything in it writes something. */
function lived({ from, steps }: Life): readonly Asked[] {
  const start = begin(rules, from)
  const { asked } = steps.reduce(step, start)
  for (const { command, answer } of asked)
    expect([command.type, isRefused(answer) ? answer : answer.length > 0]).toEqual([command.type, true])
  return asked.slice(start.asked.length)
}

function step(world: World, next: Step): World {
  if (typeof next === 'number') return wait(world, next)
  const { by, command } = typeof next === 'function' ? next(world) : next
  return ask(wait(world, 60_000), by, command)
}

function decidedAgain(asked: Asked): unknown {
  const aggregate = aggregateOf(asked.command) as typeof listingAggregate
  const again = commandOf(asked)
  const made = { id: 'made anew', token: 'made anew', ...again.made }
  return decideBy(aggregate, aggregate.rows[asked.command.type]!, {
    command: again.command as AnyCommand,
    state: asked.before as Listing,
    facts: { ...asked.facts, made },
  })
}

function commandOf({ command, before, answer }: Asked) {
  const { rows } = aggregateOf(command) as typeof listingAggregate
  return rows[command.type]!.commandOf(answer as never, before as Listing)
}

function writtenIn({ answer }: Asked): unknown {
  return isRefused(answer) ? answer : answer.map(({ type, data }) => ({ type, data }))
}

function submissionIn({ working }: Pick<Listing, 'working'>): { submissionId: string; contentHash: string } {
  if (!('submission' in working)) throw new Error('Nothing is submitted here.')
  return { submissionId: working.submission.id, contentHash: working.submission.contentHash }
}
