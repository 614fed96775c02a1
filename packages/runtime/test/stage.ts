import {
  type AnyPolicy,
  defineMarketplace,
  type EventStore,
  type Kinds,
  type Notifier,
  type Marketplace as Rules,
  type Store,
  type StoredEvent,
} from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { appSample, people, staffOf } from '@vitrine/testing'
import {
  type ExecuteOptions,
  type Ids,
  type Limits,
  type Logger,
  type Marketplace,
  type MessageOptions,
  type OwnViews,
  openMarketplace,
  type People,
  type StaffOf,
} from '../src/index.js'

export const { ada, luc, sam, vic, rita, olaf, zoe } = people

export const defaultRules = defineMarketplace({ baseUrl: 'https://market.example' })

export const day = 24 * 60 * 60 * 1000

/** A clock that moves only when it is told to. */
export interface HandClock {
  (): Date
  wait(milliseconds: number): void
}

export function handClock(start = '2026-01-05T09:00:00.000Z'): HandClock {
  let now = Date.parse(start)
  return Object.assign(() => new Date(now), {
    wait: (milliseconds: number) => {
      now += milliseconds
    },
  })
}

export interface StageOptions {
  readonly store?: Store
  readonly clock?: HandClock
  readonly rules?: Rules<Kinds>
  readonly staff?: StaffOf
  readonly views?: OwnViews
  readonly policies?: readonly AnyPolicy[]
  readonly limits?: Limits
  readonly ids?: Ids
  readonly logger?: Logger
  readonly notifiers?: readonly Notifier[]
  readonly people?: People
  readonly messages?: MessageOptions
  readonly chance?: () => number
  readonly chain?: boolean
}

/** A marketplace over memory, with the people of `@vitrine/testing`. */
export function open({
  store = memoryStore(),
  clock = handClock(),
  rules = defaultRules,
  ...options
}: StageOptions = {}) {
  return openMarketplace({ rules, store, clock, staff: staffOf, ...options })
}

type AnyMarket = Pick<Marketplace<Kinds>, 'execute'>

/** What was done, as far as tests look at it. */
export interface Did {
  readonly events: readonly {
    readonly type: string
    readonly id: string
    readonly data: object
    readonly version: number
  }[]
  readonly state: { readonly [field: string]: unknown; readonly id: string }
  readonly version: number
  readonly position: number
  readonly duplicate?: true
}

/** Asks for something that is to be done. */
export async function done(market: object, command: object, options: ExecuteOptions): Promise<Did> {
  const answer = await (market as AnyMarket).execute(command as never, options)
  if ('refused' in answer) throw new Error(`${JSON.stringify(command)} was refused: ${answer.refused.message}`)
  return answer as never
}

/** Asks for something that is to be refused; gives the code. */
export async function refusal(market: object, command: object, options: ExecuteOptions): Promise<string> {
  const answer = await (market as AnyMarket).execute(command as never, options)
  if (!('refused' in answer)) throw new Error(`${JSON.stringify(command)} was not refused.`)
  return answer.refused.code
}

/** An approved publisher with its team, and the right to publish automatically. */
export async function publisherIn(market: object): Promise<string> {
  const { state } = await done(market, { type: 'Register', name: 'Marsh Software' }, { by: ada })
  const publisherId = state.id
  await done(market, { type: 'ApprovePublisher', publisherId }, { by: olaf })
  await done(market, { type: 'GrantAutoPublish', publisherId }, { by: olaf })
  await done(market, { type: 'AddMember', publisherId, actorId: luc.id, name: luc.name, role: 'lister' }, { by: ada })
  return publisherId
}

/** A complete draft. */
export async function draftIn(market: object, publisherId: string, name = 'Ledgerline'): Promise<string> {
  const { state } = await done(market, { type: 'Create', publisherId, kind: 'app', name }, { by: luc })
  await done(market, { type: 'Revise', listingId: state.id, changes: appSample }, { by: luc })
  return state.id
}

/** Hands a listing in, and approves it. */
export async function approve(
  market: object,
  listingId: string,
  publishMode: 'auto' | 'manual' = 'manual',
): Promise<Did> {
  const submitted = await done(market, { type: 'Submit', listingId, publishMode }, { by: luc })
  const { submissionId, contentHash } = submitted.events[0]!.data as { submissionId: string; contentHash: string }
  await done(market, { type: 'RecordCheck', listingId, check: 'content', verdict: 'passed' }, { by: rita })
  return done(market, { type: 'Approve', listingId, submissionId, contentHash }, { by: rita })
}

/** A listing that is live, and its publisher. */
export async function liveIn(market: object): Promise<{ publisherId: string; listingId: string }> {
  const publisherId = await publisherIn(market)
  const listingId = await draftIn(market, publisherId)
  await approve(market, listingId)
  await done(market, { type: 'Publish', listingId, revision: 1 }, { by: luc })
  return { publisherId, listingId }
}

/** Everything in a log. */
export async function allEvents(log: Pick<EventStore, 'readAll'>): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = []
  for await (const page of log.readAll()) events.push(...page.events)
  return events
}

export async function typesIn(store: Store, prefix = 'listing-'): Promise<readonly string[]> {
  const { log } = await store.open()
  return (await allEvents(log)).filter(({ stream }) => stream.startsWith(prefix)).map(({ type }) => type)
}

/** A store whose log does some things otherwise. */
export function withLog(store: Store, otherwise: (log: EventStore) => Partial<EventStore>): Store {
  return {
    open: async () => {
      const opened = await store.open()
      return { ...opened, log: { ...opened.log, ...otherwise(opened.log) } }
    },
  }
}

/** Remembers what was logged, by level. */
export function loggedBy(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  const at = (level: string) => (message: string) => lines.push(`${level} ${message}`)
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
