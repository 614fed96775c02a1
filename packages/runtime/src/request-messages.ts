import {
  type Addressees,
  type AnyPolicy,
  builtInViews,
  draftsOf,
  type Lead,
  type Listing,
  leadAggregate,
  listingAggregate,
  type MessageDraft,
  type MessageEvent,
  type MessageReaction,
  messageId,
  notify,
  type Publisher,
  publisherAggregate,
  recipientsOf,
  type StoredEvent,
  system,
  type Told,
  type ToldFrom,
} from '@vitrine/core'
import { RuntimeError } from './errors.js'
import type { MessageWiring } from './message-wiring.js'

const day = 86_400_000

/**
 * Requests a message, once for ever: whoever asks for it again, and however late, finds it requested. Whom it is for is
 * decided here, as things are now, and stays so.
 */
export async function requestMessage(
  wiring: MessageWiring,
  policy: string,
  event: StoredEvent,
  draft: MessageDraft,
): Promise<void> {
  const at = await wiring.streams.read(messageId(event.id, policy, draft.key))
  if (at.message.id !== '') return
  const told = recipientsOf(draft.kind, draft.to, await toldFrom(wiring, draft.to))
  const { correlationId } = event.metadata
  const writing = { type: 'RequestMessage', by: system, correlationId, causationId: event.id }
  await wiring.streams.write(at, requestEvents(wiring, policy, event, draft, told), writing)
}

/** What a policy of one's own drafts. An address that it gives itself is stored nowhere: only that there is one. */
export function draftOf({ key, message: { kind, to } }: MessageReaction): MessageDraft {
  if ('are' in to) return { key, kind, to }
  const by = 'url' in to ? 'webhook' : 'email'
  return { key, kind, to: { are: 'recipients', recipients: [{ is: 'named', name: key, by }] } }
}

/** The messages that the table asks for on an event. */
export async function tableDrafts(wiring: MessageWiring, event: StoredEvent): Promise<readonly MessageDraft[]> {
  const rows = wiring.rows.filter((row) => row.on === event.type)
  if (rows.length === 0) return []
  const { folded } = await wiring.wiring.streams.upTo(event.stream, ({ version }) => version < event.version)
  const readsListings = rows.some((row) => row.readsListings)
  const listings = readsListings ? await listingsAt(wiring, event) : []
  return draftsOf(rows, event, { before: folded.state, listings })
}

/** The table of messages as the runner of policies sees it: which events it reads. What it asks for is drafted elsewhere. */
export function tablePolicy(rows: MessageWiring['rows']): AnyPolicy {
  return { name: notify, on: Object.fromEntries(rows.map((row) => [row.on, () => []])) }
}

function requestEvents(
  { messageRules }: MessageWiring,
  policy: string,
  { id, stream, version, position, metadata: { occurredAt } }: StoredEvent,
  { key, kind, about }: MessageDraft,
  { recipients, muted }: Told,
): readonly MessageEvent[] {
  const data = {
    policy,
    key,
    kind,
    event: { id, stream, version, position, occurredAt },
    ...(about && { about: [...about] }),
    recipients: [...recipients, ...muted],
    notAfter: new Date(Date.parse(occurredAt) + messageRules.expireAfterDays * day).toISOString(),
  }
  const suppressed = muted.map((_, index) => ({
    type: 'MessageSuppressed' as const,
    data: { recipient: recipients.length + index, reason: 'muted' as const },
  }))
  return [{ type: 'MessageRequested', data }, ...suppressed]
}

async function toldFrom({ wiring: { streams }, people }: MessageWiring, to: Addressees): Promise<ToldFrom> {
  if (to.are === 'recipients') return {}
  if (to.are === 'reviewers') return { reviewers: await reviewersOf(people) }
  const publisher = (await streams.afresh(`${publisherAggregate.prefix}${to.publisherId}`)).state as Publisher
  if (to.are === 'publisher') return { publisher }
  const lead = (await streams.afresh(`${leadAggregate.prefix}${to.leadId}`)).state as Lead
  return { publisher, assignee: lead.assignee }
}

/** @throws RuntimeError `people-unavailable`: nothing is decided about the event until they are known */
async function reviewersOf(people: MessageWiring['people']): Promise<readonly string[]> {
  try {
    return [...new Set(await people.reviewers())]
  } catch (cause) {
    throw new RuntimeError('people-unavailable', 'people.reviewers failed; messages for reviewers wait for it.', {
      cause,
    })
  }
}

/** Every listing of the publisher that an event is about, as it stood then. */
async function listingsAt(
  { wiring: { streams }, documents }: MessageWiring,
  { stream, position }: StoredEvent,
): Promise<readonly Listing[]> {
  const publisherId = stream.slice(publisherAggregate.prefix.length)
  const listings: Listing[] = []
  for await (const page of documents(builtInViews.publisherListings, { publisherId }, position)) {
    for (const { listingId } of page as readonly { listingId: string }[]) {
      const name = `${listingAggregate.prefix}${listingId}`
      listings.push((await streams.upTo(name, (event) => event.position <= position)).folded.state as Listing)
    }
  }
  return listings
}
