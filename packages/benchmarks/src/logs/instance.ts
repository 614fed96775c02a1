import { hash } from 'node:crypto'
import { type Append, contentHash, type Guard, type JsonObject, type NewEvent, type StoredEvent } from '@vitrine/core'
import { leadId, listingId, publisherId } from '@vitrine/testing'
import type { LeadTemplate } from './lead-lives.js'
import { longText } from './lives.js'
import type { Decision, Template } from './template.js'

/** Who and what a copy of a template is about. */
export interface Identity {
  /** Of the listing or publisher; gives all its ids. */
  readonly number: number
  readonly publisher: number
  readonly name: string
  readonly text: string
  /** Whole days after the template. */
  readonly days: number
  /** Fingerprint of the rules. */
  readonly rules: string
}

/** An append and when it was made. */
export interface DatedAppend {
  readonly at: string
  readonly append: Append
}

/** The id of a listing in generated logs. */
export function listingIdOf(number: number): string {
  return idFrom('0190a', number)
}

/** The id of a publisher in generated logs. */
export function publisherIdOf(number: number): string {
  return idFrom('0190c', number)
}

/** A template as the life of another listing: its own ids, texts, days, and hashes of what it submits. */
export function instanceOf({ decisions, submitted, kind }: Template, identity: Identity): readonly DatedAppend[] {
  const hashes = submitted.map(({ hash, content }) => {
    const ownContent = JSON.parse(written(slotsOf(content), identity)) as JsonObject
    return [hash, contentHash(kind, { revision: 1, content: ownContent }, sha256)] as const
  })
  const basis = [{ stream: `publisher-${publisherIdOf(identity.publisher)}`, version: 6 }]
  const own = JSON.parse(written(slotsOf(decisions), identity, new Map(hashes))) as readonly Decision[]
  return appendsOf(own, `listing-${listingIdOf(identity.number)}`, identity, basis)
}

/** The appends by which a publisher comes into being. */
export function publisherOf(decisions: readonly Decision[], identity: Identity): readonly DatedAppend[] {
  const own = JSON.parse(written(slotsOf(decisions), identity)) as readonly Decision[]
  return appendsOf(own, `publisher-${publisherIdOf(identity.publisher)}`, identity, [])
}

/** A template as the life of another lead, which came through the listing of this number. */
export function leadOf({ decisions }: LeadTemplate, listing: number, identity: Identity): readonly DatedAppend[] {
  const parts = new Map([[listingId, listingIdOf(listing)]])
  const own = JSON.parse(written(slotsOf(decisions), identity, parts)) as readonly Decision[]
  return appendsOf(own, `lead-${leadIdOf(identity.number)}`, identity, [])
}

/** Everything in a template that every copy has of its own. Days and hashes stand for themselves. */
const madeIds = '0190b000-0000-7000-8000-'
const ownParts = new RegExp(
  `(${listingId}|${publisherId}|${leadId}|${madeIds}|"command-|Ledgerline|${longText}|[0-9a-f]{64}|\\d{4}-\\d\\d-\\d\\d(?=T))`,
)

const slots = new WeakMap<object, readonly string[]>()

/** The text of a template, cut where a copy differs: every second part is one of those. */
function slotsOf(template: object): readonly string[] {
  const known = slots.get(template) ?? JSON.stringify(template).split(ownParts)
  slots.set(template, known)
  return known
}

function written(
  parts: readonly string[],
  identity: Identity,
  others: ReadonlyMap<string, string> = new Map(),
): string {
  const { number, publisher, name, text, days } = identity
  const own = new Map([
    [listingId, listingIdOf(number)],
    [publisherId, publisherIdOf(publisher)],
    [leadId, leadIdOf(number)],
    [madeIds, idFrom('0190b', number).slice(0, madeIds.length)],
    ['"command-', `"command-${number}-`],
    ['Ledgerline', name],
    [longText, text],
    ...others,
  ])
  return parts
    .map((part, at) => (at % 2 === 0 ? part : (own.get(part) ?? (part.length === 10 ? laterDay(part, days) : part))))
    .join('')
}

function leadIdOf(number: number): string {
  return idFrom('0190e', number)
}

/** The words and the numbers of a UUIDv7; the counter lies where its random part would. */
function idFrom(begin: string, number: number): string {
  const hex = number.toString(16).padStart(7, '0')
  return `${begin}${hex.slice(0, 3)}-${hex.slice(3)}-7000-8000-000000000001`
}

function appendsOf(
  decisions: readonly Decision[],
  stream: string,
  { rules }: Identity,
  basis: readonly Guard[],
): readonly DatedAppend[] {
  return decisions.map((events) => {
    const [first] = events
    if (!first) throw new Error(`A decision for ${stream} holds no events.`)
    const expected = first.version === 0 ? 'none' : first.version - 1
    const write = { stream, expected, events: events.map((event) => completed(event, rules, basis)) } as const
    return { at: first.metadata.occurredAt, append: { writes: [write] } }
  })
}

/** What a world leaves out of the envelope, and a runtime writes. */
function completed({ id, type, data, metadata }: StoredEvent, rules: string, basis: readonly Guard[]): NewEvent {
  const command = { ...metadata.command, hash: sha256(`${metadata.command.id} ${id.slice(0, 24)}`) }
  return { id: inTime(id, metadata.occurredAt), type, data, metadata: { ...metadata, command, rules, basis } }
}

/** A UUIDv7 as a runtime makes it: it begins with the time. Behind it stand the digits that differ from others. */
function inTime(id: string, occurredAt: string): string {
  const time = Date.parse(occurredAt).toString(16).padStart(12, '0')
  const own = id.slice(5, 8) + id.slice(9, 13)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${own.slice(0, 3)}-8${own.slice(3, 6)}-${own.slice(6)}${id.slice(25)}`
}

const laterDays = new Map<string, string>()

function laterDay(day: string, days: number): string {
  const key = `${day} ${days}`
  const known = laterDays.get(key)
  if (known !== undefined) return known
  const later = new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
  laterDays.set(key, later)
  return later
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}
