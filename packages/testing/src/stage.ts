import { createHash, randomBytes, randomUUID } from 'node:crypto'
import {
  deliveryId,
  fold,
  type Lead,
  type Listing,
  leadAggregate,
  listingAggregate,
  type Message,
  type MessageDeliveries,
  type Person,
  type Publisher,
  publisherAggregate,
  type Rules,
  type StoredEvent,
} from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import type { Seen, SentMessage } from './expectations.js'
import { memoryNotifier } from './memory-notifier.js'
import { directory, ownerOf, staffOf } from './people.js'
import { leadId, listingId, publisherId } from './world.js'

/** A command whose ids may be left out. */
export interface Command {
  readonly type: string
  readonly [field: string]: unknown
}

/** A marketplace on the production wiring, with a clock that stands still until it is moved. */
export interface Stage {
  ask(by: Person | 'visitor', command: Command): Promise<Seen['answer']>
  wait(milliseconds: number): void
  catchUp(): Promise<void>
  /** What is seen begins here. */
  mark(): Promise<void>
  seen(): Promise<Seen>
  states(): Promise<States>
  close(): Promise<void>
}

/** What became of the one listing, the one publisher and the one lead. */
interface States {
  readonly listing: Listing
  readonly publisher: Publisher
  readonly lead: Lead
}

/** Opens a stage on 5 January 2026, 09:00 UTC. */
export async function openStage(rules: Rules): Promise<Stage> {
  let now = Date.parse('2026-01-05T09:00:00.000Z')
  let from = 0
  let answer: Seen['answer']
  const secrets: string[] = []
  const ids = {
    uuid: () => randomUUID() as string,
    token: () => {
      secrets.push(randomBytes(32).toString('base64url'))
      return secrets.at(-1) ?? ''
    },
  }
  const clock = () => new Date(now)
  const notifiers = [memoryNotifier(), memoryNotifier({ by: 'webhook' })]
  const market = await openMarketplace({
    rules,
    store: memoryStore(),
    staff: staffOf,
    clock,
    ids,
    notifiers,
    people: directory,
  })
  const read = async () => {
    const events: StoredEvent[] = []
    for await (const page of market.events()) events.push(...page.events)
    return events
  }
  const told = async () => {
    const { documents } = await market.asOperator.messages.find({ limit: 1000 })
    return sentOf(
      documents.filter(({ event }) => event.position > from),
      notifiers.flatMap((notifier) => notifier.sent),
    )
  }
  return {
    ask: async (by, command) => {
      answer = await market.execute(completed(command, await read(), secrets) as never, { by })
      return answer
    },
    wait: (milliseconds) => {
      now += milliseconds
    },
    catchUp: () => market.catchUp(),
    mark: async () => {
      from = (await read()).length
      answer = undefined
    },
    seen: async () => ({ events: (await read()).slice(from).filter(isOfTheStage), messages: await told(), answer }),
    states: async () => statesOf(await read()),
    close: () => market.close(),
  }
}

/** What of all that was sent belongs to these messages. */
function sentOf(of: readonly MessageDeliveries[], sent: readonly Message<object>[]): readonly SentMessage[] {
  const ids = new Set(of.flatMap(({ messageId, deliveries }) => deliveries.map((_, at) => deliveryId(messageId, at))))
  return sent
    .filter(({ id }) => ids.has(id))
    .map(({ kind, address, facts }) => {
      const to = address.by === 'email' ? ownerOf(address.email) : address.url
      return { kind, to, facts }
    })
}

function isOfTheStage({ stream }: StoredEvent): boolean {
  return !stream.startsWith('vanity-')
}

function statesOf(events: readonly StoredEvent[]): States {
  return {
    listing: fold(
      listingAggregate.decider,
      events.filter(({ stream }) => stream === `listing-${listingId}`),
    ),
    publisher: fold(
      publisherAggregate.decider,
      events.filter(({ stream }) => stream === `publisher-${publisherId}`),
    ),
    lead: fold(
      leadAggregate.decider,
      events.filter(({ stream }) => stream === `lead-${leadId}`),
    ),
  }
}

/** The command with the ids that a person would read off the screen, and the secret that they find in their mail. */
function completed(command: Command, events: readonly StoredEvent[], secrets: readonly string[]): Command {
  return { ...idsFor(command.type, events, secrets), ...command }
}

function idsFor(type: string, events: readonly StoredEvent[], secrets: readonly string[]): object {
  if (type === 'CaptureLead') return { leadId, listingId }
  if (type in leadAggregate.rows) return { leadId }
  if (type in publisherAggregate.rows) return { publisherId, ...lastInvitation(type, events, secrets) }
  const ids = currentIds(type, statesOf(events).listing)
  return { listingId, ...ids, ...(type === 'Create' ? { publisherId } : {}) }
}

function lastInvitation(type: string, events: readonly StoredEvent[], secrets: readonly string[]): object {
  if (type !== 'AcceptInvitation' && type !== 'RevokeInvitation') return {}
  const { invitationId = listingId, secretHash } =
    events.findLast((event) => event.type === 'MemberInvited')?.data ?? {}
  if (type === 'RevokeInvitation') return { invitationId }
  return { invitationId, secret: secrets.find((secret) => sha256(secret) === secretHash) ?? 'a secret of nothing' }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function currentIds(type: string, { working, questionsAsked, evidence }: Listing): object {
  const submission = 'submission' in working ? working.submission : { id: listingId, contentHash: '' }
  if (type === 'Approve' || type === 'Reject')
    return { submissionId: submission.id, contentHash: submission.contentHash }
  if (type === 'Publish') return { revision: working.status === 'none' ? 1 : working.revision }
  if (type === 'AnswerQuestion' || type === 'CloseQuestion') return { questionId: questionsAsked.at(-1) ?? listingId }
  if (type === 'EraseEvidence') return { evidenceId: evidence.at(-1)?.evidenceId ?? listingId }
  return {}
}
