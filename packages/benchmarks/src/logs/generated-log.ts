import { hash } from 'node:crypto'
import { type Append, defineMarketplace, type EventStore, type Rules, rulesFingerprintText } from '@vitrine/core'
import { tying } from './chained-appends.js'
import { type DatedAppend, type Identity, instanceOf, leadOf, publisherOf } from './instance.js'
import { leadTemplates } from './lead-lives.js'
import { type Life, lives } from './lives.js'
import { below, seededRandom, weighted } from './seeded-random.js'
import { lived, publisherDecisions, type Template } from './template.js'
import { madeUpName, madeUpText } from './words.js'

/** The rules under which generated logs were decided. */
export const rulesOfLogs: Rules = defineMarketplace({ baseUrl: 'https://market.example' })

/** How long a log is made, and of what. */
export interface LogPlan {
  /** The same seed makes the same log. */
  readonly seed?: number
  /** Ends with the append in which this many events are reached. */
  readonly events?: number
  /** No listing begins after this many; all live their lives to the end, unless `events` ends the log before. */
  readonly listings?: number
  /** How many listings begin each day. */
  readonly perDay?: number
  readonly publishers?: number
  /** How many leads come in all, at most: three of ten listings get one when they have just gone live. */
  readonly leads?: number
  readonly lives?: readonly Life[]
  /** Whether every event is tied to all before it in its stream. */
  readonly chain?: boolean
  /** A word that some listings carry in their text, by their number. */
  readonly wordOf?: (listing: number) => string
}

/**
 * The log of a marketplace, append by append, in the order of time: publishers with their teams, then listings and leads
 * that live lives of different length side by side. Decided by the rules, with texts, ids, hashes and days of their own. Only the
 * listings under way are held in memory, so a log may have any length.
 */
export function* generatedLog({
  seed = 1,
  events = Number.POSITIVE_INFINITY,
  listings = Number.POSITIVE_INFINITY,
  perDay = 40,
  publishers = 200,
  leads = 0,
  lives: chosen = lives(),
  chain = false,
  wordOf = () => '',
}: LogPlan): Generator<Append, void> {
  const random = seededRandom(seed)
  const rules = fingerprint()
  const templates = chosen.map((life) => lived(rulesOfLogs, life))
  const founding = publisherDecisions(rulesOfLogs)
  const ofLeads = leads > 0 ? leadTemplates(rulesOfLogs) : []
  const chance = seededRandom(seed + 1)
  let left = events
  let begun = 0
  let captured = 0

  const newListing = (days: number) => {
    const number = begun
    begun += 1
    const text = `${madeUpText(random, 45)} ${wordOf(number)}`.trim()
    const identity = {
      number,
      publisher: below(random, publishers),
      name: madeUpName(random, number),
      text,
      days,
      rules,
    }
    const template = weighted(random, templates)
    return [...instanceOf(template, identity), ...leadThrough(template, identity)]
  }

  const leadThrough = (template: Template, { number, ...listing }: Identity) => {
    if (captured >= leads || chance() > 0.3 || !isPublished(template)) return []
    captured += 1
    const identity = { ...listing, number: firstLead + captured, days: listing.days + daysToPublication }
    return leadOf(weighted(chance, ofLeads), number, identity)
  }

  const tie = chain ? tying() : undefined

  function* emitted(appends: Iterable<Append>) {
    for (const append of appends) {
      if (left <= 0) return
      left -= append.writes.reduce((sum, write) => sum + write.events.length, 0)
      yield tie ? tie(append) : append
    }
  }

  for (let publisher = 0; publisher < publishers; publisher += 1) {
    const number = 0x7000000 + publisher
    const identity = { number, publisher, name: `Publisher ${publisher}`, text: '', days: 0, rules }
    yield* emitted(publisherOf(founding, identity).map(({ append }) => append))
  }
  const days = new Map<string, DatedAppend[]>()
  for (let day = 0; left > 0 && (begun < listings || days.size > 0); day += 1) {
    for (let fresh = 0; fresh < perDay && begun < listings; fresh += 1) file(days, newListing(day + 1))
    yield* emitted(dueOn(days, day + 1))
  }
}

/**
 * Writes appends to a log, as many at once as a store may group, until the log holds so many events. The generator is left
 * open, so that the same log can be continued later.
 */
export async function fillLog(
  log: EventStore,
  appends: Iterator<Append, void>,
  { until = Number.POSITIVE_INFINITY, atOnce = 256 } = {},
): Promise<void> {
  let group: Append[] = []
  let position = 0
  const streams = new Set<string>()
  const flush = async () => {
    const stored = await Promise.all(group.map((append) => log.append(append)))
    position = Math.max(position, ...stored.map((one) => one.position))
    group = []
    streams.clear()
  }
  while (position + group.length < until) {
    const next = appends.next()
    if (next.done === true) break
    const append = next.value
    const names = append.writes.map(({ stream }) => stream)
    // What a stream gets must be there before it gets more: a group ends before a stream comes twice.
    if (group.length === atOnce || names.some((name) => streams.has(name))) await flush()
    group.push(append)
    for (const name of names) streams.add(name)
  }
  await flush()
}

/** Every life that goes live has done so by then. */
const daysToPublication = 12
/** Of the numbers that give ids: those of leads, behind all that listings have. */
const firstLead = 0x4000000

function isPublished({ decisions }: Template): boolean {
  return decisions.flat().some(({ type }) => type === 'Published')
}

/** The first day of the lives in {@link lived}. */
const firstDay = Date.parse('2026-01-05')

function file(days: Map<string, DatedAppend[]>, appends: readonly DatedAppend[]): void {
  for (const dated of appends) {
    const day = dated.at.slice(0, 10)
    const ofDay = days.get(day)
    if (ofDay) ofDay.push(dated)
    else days.set(day, [dated])
  }
}

function dueOn(days: Map<string, DatedAppend[]>, day: number): readonly Append[] {
  const key = new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10)
  const due = days.get(key) ?? []
  days.delete(key)
  return due.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ append }) => append)
}

function fingerprint(): string {
  return hash('sha256', rulesFingerprintText(rulesOfLogs), 'hex')
}
