import type { LeadEvent, ListingEvent, PublisherEvent } from '@vitrine/core'
import { fieldPhrase } from '@vitrine/core'
import { shortDate } from './moved-clock.js'

type AnyEvent = ListingEvent | PublisherEvent | LeadEvent
type DataOf<Type extends AnyEvent['type']> = Extract<AnyEvent, { readonly type: Type }>['data']

/** An event, as far as it is told. */
export interface Told {
  readonly type: string
  readonly data: object
  readonly metadata: { readonly actor: { readonly id: string } }
}

/** What happened, for people: in the past tense, to be read after the name of who did it. */
export function toldInWords({ type, data, metadata }: Told): string {
  const tell = Object.hasOwn(words, type) ? words[type as AnyEvent['type']] : undefined
  return tell ? (tell as (data: object, actorId: string) => string)(data, metadata.actor.id) : type
}

const words: { readonly [Type in AnyEvent['type']]: (data: DataOf<Type>, actorId: string) => string } = {
  Registered: ({ name }) => `registered ${name}`,
  PublisherApproved: () => 'admitted the company',
  PublisherRefused: ({ reason }) => `did not admit the company: ${reason}`,
  PublisherSuspended: ({ reason }) => `suspended the company: ${reason}`,
  PublisherReinstated: () => 'reinstated the company',
  AutoPublishGranted: () => 'granted automatic publication',
  AutoPublishRevoked: () => 'revoked automatic publication',
  AutoApprovalGranted: () => 'granted approval of small updates without a review',
  AutoApprovalRevoked: () => 'revoked approval of small updates without a review',
  ProfileUpdated: ({ name }) => `updated the profile of ${name}`,
  MemberInvited: ({ role }) => `invited somebody as ${role}`,
  InvitationRevoked: () => 'took an invitation back',
  MemberJoined: ({ actorId, name, role }, by) =>
    actorId === by ? `became its ${role === 'sales' ? 'sales person' : role}` : `took in ${name} as ${role}`,
  RoleChanged: ({ role }) => `changed a role to ${role}`,
  MemberRemoved: ({ actorId }, by) => (actorId === by ? 'left the team' : 'took somebody off the team'),
  NotificationAddressSet: () => 'chose where messages to the company go',
  NotificationAddressRemoved: () => 'had the address for messages forgotten',
  EndpointAdded: ({ url }) => `added ${url} as an endpoint`,
  EndpointDisabled: ({ cause }) => (cause ? 'disabled an endpoint that is gone' : 'disabled an endpoint'),
  EndpointEnabled: () => 'enabled an endpoint',
  EndpointSecretRotated: () => 'renewed the secret of an endpoint',
  EndpointRemoved: () => 'removed an endpoint',
  NotificationPreferencesSet: () => 'chose which messages to get',

  Created: ({ kind, name }) => `began “${name}”, ${kind === 'app' ? 'an app' : `a ${kind}`}`,
  Revised: ({ changes }) => `wrote ${fieldsIn(Object.keys(changes))}`,
  VanityUrlClaimed: ({ slug }) => `took the address /${slug}`,
  VanityUrlReleased: ({ slug }) => `gave back the address /${slug}`,
  ClaimLapsed: ({ slug }) => `the claim of ${slug} never came`,
  Submitted: ({ revision, publishMode, comment, unchanged }) => {
    const what = `submitted revision ${revision}${unchanged ? ', unchanged' : ''}`
    return `${what}${publishMode === 'auto' ? ', to go live once approved' : ''}${quoted(comment)}`
  },
  SubmissionRecalled: () => 'took the submission back',
  PublishModeChanged: ({ mode }) =>
    mode === 'auto' ? 'chose automatic publication' : 'changed it to publication by hand',
  ReviewStarted: () => 'started the review',
  QuestionAsked: ({ text, blocking }) => `asked${blocking ? ', and needs an answer' : ''}: “${text}”`,
  QuestionAnswered: ({ text }) => `answered: “${text}”`,
  QuestionClosed: () => 'closed the question',
  ChangesSuggested: ({ field, text }) => `suggested a change of ${fieldPhrase(field)}: “${text}”`,
  EvidenceRequested: ({ check, text }) => `asked for ${checkName(check)}: “${text}”`,
  EvidenceProvided: ({ check, references, links }) =>
    `gave ${checkName(check)}: ${[...references.map(({ customer, engagement }) => `${customer} (${engagement})`), ...links].join('; ')}`,
  EvidenceErased: () => 'had the contacts of the references forgotten',
  CheckPassed: ({ check }) => `found ${checkName(check)} in order`,
  CheckFailed: ({ check }) => `found ${checkName(check)} wanting`,
  CheckWaived: ({ check }) => `waived the check of ${checkName(check)}`,
  ReviewHeld: () => 'put the review on hold',
  ReviewResumed: () => 'went on with the review',
  Approved: ({ publishMode, publishBy, autoPublishDenied, basis }) => {
    const approved = basis === 'trusted-update' ? 'approved it without a review' : 'approved it'
    if (publishMode === 'auto') return approved
    return `${approved}, to publish${autoPublishDenied === undefined ? '' : ' by hand'} by ${shortDate(publishBy)}`
  },
  Rejected: ({ reasons }) =>
    `rejected it: ${reasons.map(({ seen, howToFix }, index) => `(${index + 1})\u00a0${seen} → ${howToFix}`).join(' ')}`,
  Published: ({ revision, path }) => `published revision ${revision} at ${path}`,
  Superseded: ({ revision }) => `archived revision ${revision}`,
  PublicationReminded: ({ daysLeft }) =>
    `reminded the publisher, ${daysLeft} ${daysLeft === 1 ? 'day is' : 'days are'} left`,
  PublicationDeadlineExtended: ({ until }) => `moved the deadline to ${shortDate(until)}`,
  AutoRejected: ({ approvedAt, publishBy }) =>
    `rejected it, not published in the ${daysBetween(approvedAt, publishBy)} days since ${shortDate(approvedAt)}`,
  RevisionStarted: ({ revision, from }) => `began revision ${revision}, from revision ${from}`,
  RevisionDiscarded: ({ revision }) => `threw away revision ${revision}`,
  Withdrawn: ({ reason }) => `withdrew it: ${reason}`,
  Republished: ({ revision }) => `put revision ${revision} live again`,
  MadePrivate: () => 'made it private, with a new link',
  MadePublic: () => 'made it public',
  PrivateLinkRenewed: () => 'renewed the private link',
  Suspended: ({ reason }) => `suspended it: ${reason}`,
  Reinstated: () => 'reinstated it',
  Deleted: () => 'deleted it',

  LeadCaptured: () => 'left a request',
  LeadAssigned: () => 'took it on',
  LeadUnassigned: () => 'gave a request back to the rest of the team',
  FirstResponseOverdue: () => 'nobody has answered a request in time',
  LeadContacted: () => 'got in touch',
  LeadPurchased: () => 'sold it',
  LeadDelivered: () => 'delivered it',
  LeadLost: () => 'lost it',
  LeadReopened: () => 'took it up again',
  LeadNoteAdded: () => 'wrote a note',
  LeadErased: () => 'forgot who asked',
}

function fieldsIn(fields: readonly string[]): string {
  if (fields.length > 3) return `${fields.length} fields`
  return fields.map(fieldPhrase).join(' and ')
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (24 * 60 * 60 * 1000))
}

function checkName(check: string): string {
  return check === 'proofOfAbility' ? 'proof of ability' : check
}

function quoted(comment: string): string {
  return comment === '' ? '' : `: “${comment}”`
}
