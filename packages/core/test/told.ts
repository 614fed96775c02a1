import { type AnyCommand, defineMarketplace, isRefused, type JsonObject, publisherRows } from '@vitrine/core'
import {
  answerOf,
  ask,
  type Beginning,
  type By,
  begin,
  leadId,
  listingId,
  people,
  publisherId,
  type World,
  wait,
} from '@vitrine/testing'
import { type Telling, tellings } from './tellings.js'

export const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, rita } = people

/** Somebody does something: of the listing, unless it names something else. */
export type Act = readonly [By, string, object?] | ((world: World) => readonly [By, string, object?])

/** What is told, in order, of what happens after a beginning. */
export function told(from: Beginning, ...acts: readonly Act[]): readonly Telling[] {
  const start = begin(rules, from)
  const { events } = acts.reduce(play, start)
  return tellings({ events, rules, open: ({ subject }) => opened[subject] }).slice(tellings(start).length)
}

/** As {@link told}: the kinds, and what they say beside which listing it is. */
export function said(from: Beginning, ...acts: readonly Act[]): readonly unknown[] {
  return told(from, ...acts).map(({ draft, facts }) => [draft.kind, beside(facts)])
}

export function play(world: World, act: Act): World {
  const [by, type, payload] = typeof act === 'function' ? act(world) : act
  const command: AnyCommand = { type, ...idsOf(type), ...payload }
  const next = ask(wait(world, 60_000), by, command)
  const answer = answerOf(next)
  if (isRefused(answer)) throw new Error(`${type} is refused: ${answer.refused.message}`)
  return next
}

function idsOf(type: string): object {
  if (type === 'CaptureLead') return { leadId, listingId }
  return type in publisherRows ? { publisherId } : { listingId }
}

export function beside(facts: JsonObject | undefined): object | undefined {
  if (!facts) return undefined
  const { listingId: _id, listingName: _name, publisherName: _publisher, page: _page, ...rest } = facts
  return rest
}

const opened: { readonly [subject: string]: unknown } = { [`lead-${leadId}`]: 'what was sealed' }

/** The submission and its content as they are read off the screen. */
export const current = ({ listing: { working } }: World) =>
  'submission' in working ? { submissionId: working.submission.id, contentHash: working.submission.contentHash } : {}
export const lastQuestion = ({ listing }: World) => ({ questionId: listing.questionsAsked.at(-1) })
export const publishBy = ({ listing: { working } }: World) =>
  working.status === 'approved' ? working.approval.publishBy : ''

export const submit = (publishMode: string): Act => [luc, 'Submit', { publishMode, comment: 'Ready to be read' }]
export const claim: Act = [luc, 'ClaimVanityUrl', { slug: 'ledgerline' }]
export const pass: Act = [rita, 'RecordCheck', { check: 'content', verdict: 'passed', note: 'Seen' }]
export const approve: Act = (world) => [rita, 'Approve', current(world)]
export const approval = [pass, approve] as const
export const byItself: Act = (world) => ['system', 'Publish', { submissionId: current(world).submissionId }]
export const publish = (payload: object = {}): Act => [luc, 'Publish', { revision: 1, ...payload }]
export const revise: Act = [luc, 'Revise', { changes: { name: 'Ledgerline 2', headline: 'Better than before' } }]

const pageOfListing = `https://market.example/publishers/${publisherId}/listings/${listingId}`
export const about = { listingId, listingName: 'Ledgerline', publisherName: 'Marsh Software', page: pageOfListing }
export const aboutReview = { ...about, page: `https://market.example/review/${listingId}` }
export const toPublisher = { are: 'publisher', publisherId }

export function staff(actorId: string) {
  return { are: 'recipients', recipients: [{ is: 'staff', actorId }] }
}

export function kindsOf(tellings: readonly Telling[]): readonly string[] {
  return tellings.map(({ draft }) => draft.kind)
}

export function deadlineOf(from: Beginning, ...acts: readonly Act[]): string {
  return publishBy(acts.reduce(play, begin(rules, from)))
}
