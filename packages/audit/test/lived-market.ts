import {
  type DefaultKinds,
  defineMarketplace,
  type EventStore,
  type Marketplace as RulesOf,
  type Store,
  type StoredEvent,
} from '@vitrine/core'
import { type ExecuteOptions, type Marketplace, openMarketplace } from '@vitrine/runtime'
import { appSample, enquiry, people, serviceSample, staffOf } from '@vitrine/testing'

const { ada, luc, sam, rita, olaf } = people
const day = 24 * 60 * 60 * 1000

export const defaultRules = defineMarketplace({ baseUrl: 'https://market.example' })

/** What came of a life, to ask for afterwards. */
export interface Lived {
  readonly publisherId: string
  /** Live, updated, with a slug of its own. */
  readonly listingId: string
  /** Approved, never published, rejected when its 60 days were over. */
  readonly forgottenId: string
  readonly leadId: string
}

/**
 * A marketplace lives for some months: a publisher with a team, an app that is reviewed, published and updated, a service
 * whose approval runs out, a lead that is won, one that is erased. Time passes between the commands, by a clock of its own.
 */
export async function live(
  store: Store,
  { rules = defaultRules, chain = true }: { readonly rules?: RulesOf<DefaultKinds>; readonly chain?: boolean } = {},
): Promise<Lived> {
  let now = Date.parse('2026-01-05T09:00:00.000Z')
  const market = await openMarketplace({ rules, store, chain, staff: staffOf, clock: () => new Date(now) })
  const wait = (days: number) => {
    now += days * day
  }
  const asking = askedOf(market, () => wait(1 / 24))
  const publisherId = await publisherWith(asking)
  const listingId = await app(asking, publisherId)
  await market.catchUp()
  const leadId = await leads(asking, listingId)
  wait(20)
  await updated(asking, listingId)
  const forgottenId = await service(asking, publisherId)
  wait(61)
  await market.catchUp()
  await asking({ type: 'StartRevision', listingId }, luc)
  await asking({ type: 'Revise', listingId, changes: { headline: 'Books that keep themselves, again' } }, luc)
  await asking({ type: 'Suspend', listingId, reason: 'A complaint is looked into' }, olaf)
  await asking({ type: 'Reinstate', listingId }, olaf)
  await market.catchUp()
  await market.close()
  return { publisherId, listingId, forgottenId, leadId }
}

/** Everything in a log. */
export async function eventsIn(log: Pick<EventStore, 'readAll'>): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = []
  for await (const page of log.readAll()) events.push(...page.events)
  return events
}

/** Asks, an hour later, for something that is to be done. */
type Asking = (
  command: { readonly type: string; readonly [field: string]: unknown },
  by: ExecuteOptions['by'],
) => Promise<{ readonly state: { readonly id: string }; readonly events: readonly { readonly data: object }[] }>

function askedOf(market: Pick<Marketplace<DefaultKinds>, 'execute'>, pass = () => {}): Asking {
  return async (command, by) => {
    pass()
    const answer = await market.execute(command as never, { by })
    if ('refused' in answer) throw new Error(`${command.type} was refused: ${answer.refused.message}`)
    return answer as never
  }
}

async function publisherWith(ask: Asking): Promise<string> {
  const publisherId = (await ask({ type: 'Register', name: 'Marsh Software' }, ada)).state.id
  await ask({ type: 'ApprovePublisher', publisherId }, olaf)
  await ask({ type: 'GrantAutoPublish', publisherId }, olaf)
  for (const [{ id, name }, role] of [
    [luc, 'lister'],
    [sam, 'sales'],
  ] as const)
    await ask({ type: 'AddMember', publisherId, actorId: id, name, role }, ada)
  await ask({ type: 'UpdateProfile', publisherId, name: 'Marsh Software Ltd' }, ada)
  return publisherId
}

async function app(ask: Asking, publisherId: string): Promise<string> {
  const listingId = (await ask({ type: 'Create', publisherId, kind: 'app', name: 'Ledgerline' }, luc)).state.id
  await ask({ type: 'Revise', listingId, changes: appSample }, luc)
  await ask({ type: 'ClaimVanityUrl', listingId, slug: 'ledger-line' }, luc)
  await ask({ type: 'ClaimVanityUrl', listingId, slug: 'ledgerline' }, luc)
  await ask({ type: 'Submit', listingId, publishMode: 'auto', comment: 'First edition' }, luc)
  await ask({ type: 'StartReview', listingId }, rita)
  const asked = await ask({ type: 'AskQuestion', listingId, text: 'Which banks?', blocking: true }, rita)
  const { questionId } = asked.events[0]!.data as { questionId: string }
  await ask({ type: 'AnswerQuestion', listingId, questionId, text: 'All of them.' }, luc)
  await ask({ type: 'SuggestChanges', listingId, field: 'headline', text: 'Shorter' }, rita)
  await approved(ask, listingId, 'content')
  return listingId
}

async function updated(ask: Asking, listingId: string): Promise<void> {
  await ask({ type: 'StartRevision', listingId }, luc)
  await ask({ type: 'Revise', listingId, changes: { headline: 'Books that keep themselves' } }, luc)
  await ask({ type: 'Submit', listingId, publishMode: 'manual' }, luc)
  await approved(ask, listingId, 'content')
  await ask({ type: 'Publish', listingId, revision: 2 }, luc)
}

async function service(ask: Asking, publisherId: string): Promise<string> {
  const listingId = (await ask({ type: 'Create', publisherId, kind: 'service', name: 'Close of books' }, luc)).state.id
  await ask({ type: 'Revise', listingId, changes: serviceSample }, luc)
  await ask({ type: 'Submit', listingId, publishMode: 'manual' }, luc)
  await ask({ type: 'RequestEvidence', listingId, check: 'proofOfAbility', text: 'Who hired you?' }, rita)
  const references = [{ customer: 'Holt & Sons', engagement: 'Year-end 2025', contact: 'Jane Holt, jane@holt.example' }]
  await ask({ type: 'ProvideEvidence', listingId, check: 'proofOfAbility', references, links: [] }, luc)
  await approved(ask, listingId, 'content', 'proofOfAbility')
  return listingId
}

async function approved(ask: Asking, listingId: string, ...checks: readonly string[]): Promise<void> {
  let last: { readonly state: object } = await ask(
    { type: 'RecordCheck', listingId, check: checks[0], verdict: 'passed' },
    rita,
  )
  for (const check of checks.slice(1))
    last = await ask({ type: 'RecordCheck', listingId, check, verdict: 'passed' }, rita)
  const { working } = last.state as { working: { submission: { id: string; contentHash: string } } }
  const { id: submissionId, contentHash } = working.submission
  await ask({ type: 'Approve', listingId, submissionId, contentHash }, rita)
}

async function leads(ask: Asking, listingId: string): Promise<string> {
  const consent = { text: 'You may call me.', at: '2026-01-05T08:00:00Z' }
  const captured = await ask({ type: 'CaptureLead', listingId, ...enquiry, consent }, 'visitor')
  const leadId = captured.state.id
  await ask({ type: 'AssignLead', leadId, assignee: sam.id }, ada)
  await ask({ type: 'MarkContacted', leadId }, sam)
  await ask({ type: 'AddLeadNote', leadId, text: 'Wants a demonstration' }, sam)
  await ask({ type: 'MarkPurchased', leadId }, sam)
  const other = (await ask({ type: 'CaptureLead', listingId, ...enquiry, consent }, 'visitor')).state.id
  await ask({ type: 'EraseLead', leadId: other }, ada)
  return leadId
}
