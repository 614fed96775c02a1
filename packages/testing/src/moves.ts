import {
  type AnyCommand,
  alwaysReviewed,
  type JsonObject,
  type Listing,
  type Publisher,
  type Rules,
  requiredFields,
} from '@vitrine/core'
import { sampleFor } from './arbitraries/sample-for.js'
import { people } from './people.js'
import { enquiry } from './sample-content.js'
import { type By, leadId, listingId, publisherId, secretOf, type World } from './world.js'

/** Something that somebody could try in a world, sensible or not. */
export interface Move {
  readonly by: By
  readonly command: AnyCommand
}

const { ada, luc, sam, vic, rita, olaf, zoe } = people

/** Payloads that fit the state, for every command there is; several where the choice matters. In the order of a life. */
export function payloadsFor({ rules, listing, publisher, lead, now }: World): readonly AnyCommand[] {
  const { working, live } = listing
  const [check = ''] = checksOf(rules, listing.kind)
  const submission = 'submission' in working ? working.submission : undefined
  const submissionId = submission?.id ?? publisherId
  const contentHash = submission?.contentHash ?? ''
  const publishBy = working.status === 'approved' ? working.approval.publishBy : now
  const revision = working.status === 'none' ? Math.max(1, listing.lastRevision) : working.revision
  return [
    ...Object.keys(rules.kinds).map((kind) => on('Create', { publisherId, kind, name: `Ledgerline ${kind}` })),
    ...revisionsFor(rules, listing.kind, now).map((changes) => on('Revise', { changes })),
    on('ClaimVanityUrl', { slug: 'ledgerline' }),
    on('ClaimVanityUrl', { slug: 'ledger-two' }),
    on('ReleaseVanityUrl', {}),
    on('Submit', { publishMode: 'auto', comment: 'Ready' }),
    on('Submit', { publishMode: 'manual', comment: 'Ready' }),
    on('RecallSubmission', {}),
    on('ChangePublishMode', { mode: 'auto' }),
    on('ChangePublishMode', { mode: 'manual' }),
    on('StartReview', {}),
    on('AskQuestion', { text: 'Which banks are supported?', blocking: true }),
    on('AskQuestion', { text: 'Is there a trial?', blocking: false }),
    ...questionIds(listing).flatMap((questionId) => [
      on('AnswerQuestion', { questionId, text: 'All of them.' }),
      on('CloseQuestion', { questionId }),
    ]),
    on('SuggestChanges', { field: 'name', text: 'Say for whom.' }),
    on('RequestEvidence', { check, text: 'Who uses it?' }),
    on('ProvideEvidence', {
      check,
      references: [
        { customer: 'Northwind', engagement: 'Twelve months', contact: 'Nick East, nick@northwind.example' },
      ],
      links: [],
      text: '',
    }),
    ...evidenceIds(listing).map((evidenceId) => on('EraseEvidence', { evidenceId })),
    ...checksOf(rules, listing.kind).flatMap((one) => [
      on('RecordCheck', { check: one, verdict: 'passed', note: 'Seen by me' }),
      on('RecordCheck', { check: one, verdict: 'failed', note: 'Not convincing' }),
      on('RecordCheck', { check: one, verdict: 'waived', note: 'Known customer' }),
    ]),
    on('HoldReview', { reason: 'Waiting for legal' }),
    on('ResumeReview', {}),
    on('Approve', { submissionId, contentHash }),
    on('Reject', { submissionId, contentHash, reasons: [{ seen: 'A blurred icon', howToFix: 'Use a sharper one' }] }),
    on('Publish', { revision }),
    on('Publish', { revision, visibility: 'private' }),
    on('Publish', { submissionId }),
    ...[30, 14, 7, 1, daysBetween(now, publishBy)].map((threshold) =>
      on('RemindPublication', { submissionId, publishBy, threshold }),
    ),
    on('ExtendDeadline', { until: later(publishBy, 10), reason: 'Trade fair' }),
    on('ExpireApproval', { submissionId, publishBy }),
    on('StartRevision', {}),
    on('StartRevision', { from: 1 }),
    on('DiscardRevision', {}),
    on('Withdraw', { reason: 'No longer sold' }),
    ...Object.keys(listing.archive).map((key) => on('Republish', { revision: Number(key) })),
    on('Republish', { revision: 1 }),
    on('Republish', { revision: 1, visibility: 'private' }),
    on('Republish', { revision: 1, visibility: 'public' }),
    on('MakePrivate', {}),
    on('MakePublic', {}),
    on('RenewPrivateLink', {}),
    on('Suspend', { reason: 'A complaint' }),
    on('Reinstate', {}),
    on('Delete', {}),
    ...[{}, { token: live.status === 'private' ? live.token : 'a token of no link' }].map((link) =>
      about('CaptureLead', { listingId, ...enquiry, ...link }),
    ),
    ...leadPayloads,
    about('RecordResponseOverdue', { respondBy: lead.respondBy || now }),
    ...publisherPayloads,
    ...invitationPayloads(publisher),
    ...endpointPayloads(publisher),
  ]
}

/** Everything that anybody could try: each payload by each of the cast, by strangers and by the system. */
export function movesFor(world: World): readonly Move[] {
  return payloadsFor(world).flatMap((command) => cast.map((by) => ({ by, command })))
}

/** Whoever could try: the team, staff, somebody else, visitors and the system. */
export const cast: readonly By[] = [ada, luc, sam, vic, rita, olaf, zoe, 'visitor', 'system']

/** Payloads given by those whom the command is for: histories made of them go far. */
export function likelyMoves(world: World): readonly Move[] {
  return payloadsFor(world).flatMap((command) => likelyAskers(command.type).map((by) => ({ by, command })))
}

/** A change that is small: of the kinds that have one, of a field that needs no review. */
export function smallChange(rules: Rules, kindName: string, text: string): JsonObject {
  const kind = rules.kinds[kindName]
  if (kind && 'headline' in kind.content.shape) return { headline: text }
  const sample: JsonObject = kind ? sampleFor(rules, kindName) : {}
  const reviewed = kind ? alwaysReviewed(kind) : []
  const field = Object.keys(sample).find((one) => typeof sample[one] === 'string' && !reviewed.includes(one))
  return field === undefined ? { name: text.slice(0, 36) } : { [field]: text }
}

const day = 24 * 60 * 60 * 1000

/** What may be written: all of it, a little of it, without something that is needed, and what always needs a review. */
function revisionsFor(rules: Rules, kindName: string, now: string): readonly JsonObject[] {
  const kind = rules.kinds[kindName]
  if (!kind) return [{ headline: `Written at ${now}` }]
  const sample = sampleFor(rules, kindName)
  const required = requiredFields(kind)
  const needed = Object.keys(sample).findLast((field) => required.includes(field))
  return [
    sample,
    smallChange(rules, kindName, `Written at ${now}`),
    ...(needed === undefined ? [] : [{ [needed]: null }]),
    { name: `Ledgerline ${now.slice(0, 10)}` },
    ...('pricing' in kind.content.shape ? [{ pricing: { model: 'free' } }] : []),
  ]
}

/** The checks of the kind, and one that it does not have. */
function checksOf(rules: Rules, kindName: string): readonly string[] {
  return [...Object.keys(rules.kinds[kindName]?.checks ?? {}), 'weather']
}

const leadPayloads: readonly AnyCommand[] = [
  about('AssignLead', { assignee: sam.id }),
  about('AssignLead', { assignee: ada.id }),
  about('AssignLead', { assignee: luc.id }),
  about('UnassignLead', {}),
  about('UnassignLead', { assignee: sam.id }),
  about('MarkContacted', {}),
  about('MarkPurchased', {}),
  about('MarkDelivered', {}),
  about('MarkLost', { reason: 'They chose another one.' }),
  about('ReopenLead', {}),
  about('AddLeadNote', { text: 'Rang twice, left a message.' }),
  about('EraseLead', {}),
]

const publisherPayloads: readonly AnyCommand[] = [
  of('Register', { name: 'Marsh Software' }),
  of('ApprovePublisher', {}),
  of('RefusePublisher', { reason: 'Unknown company' }),
  of('SuspendPublisher', { reason: 'Unpaid fees' }),
  of('ReinstatePublisher', {}),
  of('GrantAutoPublish', {}),
  of('RevokeAutoPublish', {}),
  of('GrantAutoApproval', {}),
  of('RevokeAutoApproval', {}),
  of('UpdateProfile', { name: 'Marsh and Daughters', website: 'https://marsh.example' }),
  of('AddMember', { actorId: luc.id, name: luc.name, role: 'lister' }),
  of('AddMember', { actorId: sam.id, name: sam.name, role: 'sales' }),
  of('AddMember', { actorId: rita.id, name: rita.name, role: 'viewer' }),
  of('ChangeRole', { actorId: luc.id, role: 'administrator' }),
  of('ChangeRole', { actorId: ada.id, role: 'viewer' }),
  of('RemoveMember', { actorId: luc.id }),
  of('RemoveMember', { actorId: ada.id }),
  of('RemoveMember', { actorId: sam.id }),
  of('RemoveMember', { actorId: rita.id }),
  of('RemoveMember', { actorId: zoe.id }),
  of('InviteMember', { email: 'zoe@home.example', role: 'lister', locale: 'fr' }),
  of('InviteMember', { email: 'yan@home.example', role: 'administrator' }),
  of('SetNotificationAddress', { email: 'listings@marsh.example' }),
  of('SetNotificationAddress', { email: 'ventes@marsh.example', locale: 'fr' }),
  of('RemoveNotificationAddress', {}),
  of('SetNotificationPreferences', { muted: ['published', 'lead-captured'] }),
  of('SetNotificationPreferences', { muted: ['rejected'] }),
  of('SetNotificationPreferences', { muted: [] }),
]

/** The invitations that were made last, with their secrets; a wrong secret, and one that nobody made. */
function invitationPayloads({ invitations, endedInvitations }: Publisher): readonly AnyCommand[] {
  const last = [...Object.keys(invitations).slice(-2), ...Object.keys(endedInvitations).slice(-2)]
  return [...last, nobodysId].flatMap((invitationId) => [
    of('AcceptInvitation', { invitationId, secret: secretOf(invitationId) }),
    of('AcceptInvitation', { invitationId, secret: 'a wrong one' }),
    of('RevokeInvitation', { invitationId }),
  ])
}

/** The endpoints that were added first, and one that nobody added. */
function endpointPayloads({ endpoints }: Publisher): readonly AnyCommand[] {
  const named = [...Object.keys(endpoints).slice(0, 2), nobodysId]
  return [
    of('AddEndpoint', { url: 'https://hooks.marsh.example/vitrine' }),
    of('AddEndpoint', { url: 'http://localhost:8080/', kinds: ['rejected', 'published'] }),
    ...['DisableEndpoint', 'EnableEndpoint', 'RotateEndpointSecret', 'RemoveEndpoint'].flatMap((type) =>
      named.map((endpointId) => of(type, { endpointId })),
    ),
  ]
}

/** Those whom a command is for. A trusted update is approved by the system, everything else by a reviewer. */
export function likelyAskers(type: string): readonly By[] {
  if (type === 'AcceptInvitation') return [zoe]
  if (type === 'CaptureLead') return ['visitor']
  if (type === 'Approve') return [rita, 'system']
  if (type === 'UnassignLead' || type === 'DisableEndpoint') return [ada, 'system']
  if (byStaff.has(type)) return [rita]
  if (byOperators.has(type)) return [olaf]
  return [bySystem.has(type) ? 'system' : ada]
}

const byStaff = new Set(
  [
    'StartReview',
    'AskQuestion',
    'CloseQuestion',
    'SuggestChanges',
    'RequestEvidence',
    'RecordCheck',
    'HoldReview',
  ].concat(['ResumeReview', 'Reject']),
)
const byOperators = new Set(
  ['ExtendDeadline', 'Suspend', 'Reinstate', 'ApprovePublisher', 'RefusePublisher', 'SuspendPublisher'].concat([
    'ReinstatePublisher',
    'GrantAutoPublish',
    'RevokeAutoPublish',
    'GrantAutoApproval',
    'RevokeAutoApproval',
  ]),
)
const bySystem = new Set(['RemindPublication', 'ExpireApproval', 'RecordResponseOverdue'])

function on(type: string, payload: object): AnyCommand {
  return { type, listingId, ...payload }
}

function of(type: string, payload: object): AnyCommand {
  return { type, publisherId, ...payload }
}

function about(type: string, payload: object): AnyCommand {
  return { type, leadId, ...payload }
}

const nobodysId = '0190a000-0000-7000-8000-00000000dead'

/** The evidence that has contacts, and one that nobody gave. */
function evidenceIds({ evidence }: Listing): readonly string[] {
  return [...evidence.flatMap(({ evidenceId }) => evidenceId ?? []), nobodysId]
}

function questionIds({ working }: Listing): readonly string[] {
  return 'submission' in working ? Object.keys(working.submission.questions) : []
}

/** Never 0: a threshold lies before the deadline. */
function daysBetween(now: string, instant: string): number {
  return Math.max(1, Date.parse(instant) - Date.parse(now)) / day
}

function later(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * day).toISOString()
}
