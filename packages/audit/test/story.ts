import { createHash } from 'node:crypto'
import { type AnyPolicy, defineMarketplace, type Store } from '@vitrine/core'
import { type ExecuteOptions, type Ids, type Logger, openMarketplace } from '@vitrine/runtime'
import { appSample, enquiry, memoryNotifier, people, staffOf } from '@vitrine/testing'

const { ada, luc, sam, rita, olaf } = people

/** The rules under which the story is written. */
export const rules = defineMarketplace({ baseUrl: 'https://market.example' })

const day = 86_400_000
const unknownMailbox = { outcome: 'refused', reason: 'There is no such mailbox.' } as const
const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** What the story is about, by the ids that it always has. */
export interface Story {
  readonly publisherId: string
  /** Written, asked about, rejected, approved, published, updated, hidden, and approved once more. */
  readonly listingId: string
  /** Live from the fourth day on, and withdrawn by an operator in the end. */
  readonly otherId: string
  readonly leadId: string
  readonly erasedLeadId: string
}

export interface StoryOptions {
  readonly chain?: boolean
  readonly policies?: readonly AnyPolicy[]
  /** What is typed in place of every text of a person. */
  readonly typed?: (text: string) => string
}

/** Tells a story of two months in a store: the same events, ids and instants each time. */
export async function tellStory(
  store: Store,
  { chain = false, policies = [], typed = (text) => text }: StoryOptions = {},
): Promise<Story> {
  let now = Date.parse('2026-01-05T09:00:00.000Z')
  const clock = () => new Date(now)
  const notifier = memoryNotifier({
    answer: ({ kind }) => (kind === 'rejected' ? unknownMailbox : { outcome: 'delivered' }),
  })
  const market = await openMarketplace({
    rules,
    store,
    staff: staffOf,
    clock,
    ids: countedIds(),
    chain,
    policies,
    logger: silent,
    notifiers: [notifier],
    people: { contact: (id) => ({ email: `${id}@mail.example`, name: id, locale: 'en' }), reviewers: () => [rita.id] },
    chance: () => 1,
  })
  const ask = async (
    command: { readonly type: string; readonly [field: string]: unknown },
    by: ExecuteOptions['by'],
  ) => {
    now += 60_000
    const answer = await market.execute(command as never, { by })
    if ('refused' in answer)
      throw new Error(`${command.type} was refused: ${JSON.stringify((answer as { refused: object }).refused)}`)
    await market.catchUp()
    return answer as unknown as { state: { id: string }; events: readonly { data: Record<string, unknown> }[] }
  }
  const wait = async (days: number) => {
    now += days * day
    await market.catchUp()
  }
  const submit = async (listingId: string, comment: string) => {
    const { events } = await ask({ type: 'Submit', listingId, publishMode: 'manual', comment }, luc)
    return events[0]!.data as { submissionId: string; contentHash: string }
  }
  const approve = async (
    listingId: string,
    { submissionId, contentHash }: { submissionId: string; contentHash: string },
  ) => {
    await ask({ type: 'RecordCheck', listingId, check: 'content', verdict: 'passed', note: typed('Reads well.') }, rita)
    await ask({ type: 'Approve', listingId, submissionId, contentHash }, rita)
  }

  const publisherId = (await ask({ type: 'Register', name: 'Marsh Software' }, ada)).state.id
  await ask({ type: 'ApprovePublisher', publisherId }, olaf)
  await ask({ type: 'AddMember', publisherId, actorId: luc.id, name: luc.name, role: 'viewer' }, ada)
  await ask({ type: 'ChangeRole', publisherId, actorId: luc.id, role: 'lister' }, ada)
  await ask({ type: 'AddMember', publisherId, actorId: sam.id, name: sam.name, role: 'sales' }, ada)
  await ask({ type: 'SetNotificationAddress', publisherId, email: 'listings@marsh.example', locale: 'en' }, ada)

  const listingId = (await ask({ type: 'Create', publisherId, kind: 'app', name: typed('Ledgerline') }, luc)).state.id
  await ask({ type: 'Revise', listingId, changes: appSample }, luc)
  await ask({ type: 'ClaimVanityUrl', listingId, slug: 'ledgerline' }, luc)
  const first = await submit(listingId, typed('First version'))
  await ask({ type: 'StartReview', listingId }, rita)
  const asked = await ask(
    { type: 'AskQuestion', listingId, text: typed('Which regions do you support?'), blocking: true },
    rita,
  )
  const { questionId } = asked.events[0]!.data
  await ask({ type: 'AnswerQuestion', listingId, questionId, text: typed('The whole of the EU.') }, luc)
  await ask(
    {
      type: 'Reject',
      listingId,
      submissionId: first.submissionId,
      contentHash: first.contentHash,
      reasons: [
        { field: 'headline', seen: typed('It does not say for whom it is.'), howToFix: typed('Name the customer.') },
      ],
    },
    rita,
  )
  await wait(1)
  await ask({ type: 'Revise', listingId, changes: { headline: typed('Bookkeeping for small shops') } }, luc)
  await approve(listingId, await submit(listingId, typed('Says for whom it is')))
  await ask({ type: 'Publish', listingId, revision: 1 }, luc)

  const otherId = (await ask({ type: 'Create', publisherId, kind: 'app', name: 'Tillbook' }, luc)).state.id
  await ask({ type: 'Revise', listingId: otherId, changes: appSample }, luc)
  await wait(3)
  await approve(otherId, await submit(otherId, ''))
  await ask({ type: 'Publish', listingId: otherId, revision: 1 }, luc)

  const lead = async () => (await ask({ type: 'CaptureLead', listingId, ...enquiry }, 'visitor')).state.id
  const leadId = await lead()
  await ask({ type: 'AssignLead', leadId, assignee: sam.id }, ada)
  await ask({ type: 'MarkContacted', leadId }, sam)
  await ask({ type: 'AddLeadNote', leadId, text: typed('Call again on Monday.') }, sam)
  const erasedLeadId = await lead()
  await ask({ type: 'EraseLead', leadId: erasedLeadId }, ada)

  await wait(20)
  await ask({ type: 'StartRevision', listingId, from: 1 }, luc)
  const { longDescription } = appSample as { longDescription: string }
  await ask(
    {
      type: 'Revise',
      listingId,
      changes: { longDescription: `${longDescription} It now reads receipts.`, demoUrl: 'https://demo.marsh.example' },
    },
    luc,
  )
  await approve(listingId, await submit(listingId, typed('Reads receipts')))
  await ask({ type: 'MakePrivate', listingId }, luc)
  await ask({ type: 'MakePublic', listingId }, luc)
  await ask({ type: 'Withdraw', listingId: otherId, reason: typed('It is sold under another name.') }, olaf)
  await market.close()
  return { publisherId, listingId, otherId, leadId, erasedLeadId }
}

/** Ids that count, and secrets that do not. */
function countedIds(): Ids {
  let count = 0
  const next = () => {
    count += 1
    return count.toString(16).padStart(12, '0')
  }
  return {
    uuid: () => `01920000-0000-7000-8000-${next()}`,
    token: () => createHash('sha256').update(`token ${next()}`).digest('base64url'),
  }
}
