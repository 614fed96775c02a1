import { createHash } from 'node:crypto'
import {
  type Aggregate,
  type AnyCommand,
  type Asker,
  askerAmong,
  decideBy,
  type Facts,
  isRefused,
  type JsonObject,
  type Lead,
  type LeadFacts,
  type Listing,
  type ListingFacts,
  leadAggregate,
  leadReaders,
  listingAggregate,
  type Person,
  type Publisher,
  prepareBy,
  publisherAggregate,
  type Refused,
  type Row,
  type Rules,
  registryChanges,
  roleOf,
  type Sealed,
  type StoredEvent,
  sealPersonal,
  step,
  system,
  visitor,
} from '@vitrine/core'
import { staffOf } from './people.js'

/** What decides and folds. */
export interface Aggregates {
  readonly listing: typeof listingAggregate
  readonly publisher: typeof publisherAggregate
  readonly lead: typeof leadAggregate
}

/** One publisher, one listing and one lead, with nothing around them: decisions and folds alone, as a pure value. */
export interface World {
  readonly rules: Rules
  /** The core's, unless they were broken on purpose. */
  readonly aggregates: Aggregates
  /** UTC instant with milliseconds. */
  readonly now: string
  readonly publisher: Publisher
  readonly listing: Listing
  readonly lead: Lead
  /** Who holds each slug. */
  readonly slugs: { readonly [slug: string]: string }
  /** What happened, in order, on all streams. */
  readonly events: readonly StoredEvent[]
  /** What was asked and how it was answered, in order. */
  readonly asked: readonly Asked[]
}

/** One command, the state and facts that it was decided on, and the answer. */
export interface Asked {
  readonly command: AnyCommand
  readonly before: Listing | Publisher | Lead
  readonly facts: WorldFacts
  readonly answer: readonly StoredEvent[] | Refused
}

/** Whatever a decision in a world may lean on. */
export type WorldFacts = ListingFacts & LeadFacts

interface Decided {
  readonly type: string
  readonly data: object
}

/** Who asks: a person, somebody who is not known, or the system in the name of time and policies. */
export type By = Person | 'visitor' | 'system'

export const listingId = '0190a000-0000-7000-8000-000000000001'
export const publisherId = '0190a000-0000-7000-8000-0000000000aa'
export const leadId = '0190a000-0000-7000-8000-000000000ead'

/** The aggregates as they are. */
export const coreAggregates: Aggregates = {
  listing: listingAggregate,
  publisher: publisherAggregate,
  lead: leadAggregate,
}

/** A world before its first event. */
export function emptyWorld(rules: Rules, now = '2026-01-05T09:00:00.000Z', aggregates = coreAggregates): World {
  return {
    rules,
    aggregates,
    now,
    publisher: aggregates.publisher.decider.initial(),
    listing: aggregates.listing.decider.initial(),
    lead: aggregates.lead.decider.initial(),
    slugs: {},
    events: [],
    asked: [],
  }
}

/** Later, by so many milliseconds. */
export function wait(world: World, milliseconds: number): World {
  return { ...world, now: new Date(Date.parse(world.now) + milliseconds).toISOString() }
}

/** Asks, as a runtime would: what has fallen due is decided first, then the command, and the slugs are taken and freed. */
export function ask(world: World, by: By, command: AnyCommand): World {
  return decideIn(isOfListing(command) ? settleIn(world) : world, by, command)
}

/** The last answer. */
export function answerOf({ asked }: World): readonly StoredEvent[] | Refused {
  const last = asked.at(-1)
  if (!last) throw new Error('Nothing was asked of this world yet.')
  return last.answer
}

/** The facts of a decision on the listing or the publisher for this person, now. */
export function factsFor(world: World, by: By, slug?: string): WorldFacts {
  const holder = slug === undefined ? undefined : world.slugs[slug]
  const facts = {
    now: world.now,
    asker: askerOf(world, by),
    made: madeIn(world),
    publisher: world.publisher,
    listing: world.listing,
    rules: world.rules,
    sha256,
  }
  return holder === undefined ? facts : { ...facts, slugHolder: holder }
}

/** The same of a decision on the lead, which only some roles of the team see. */
export function leadFactsFor(world: World, by: By): WorldFacts {
  const facts = factsFor(world.lead.publisherId === '' ? { ...world, publisher: unregistered } : world, by)
  return { ...facts, asker: askerAmong(facts.asker, leadReaders) }
}

/** Which aggregate a command is for. */
export function aggregateOf({ type }: AnyCommand) {
  if (type in listingAggregate.rows) return listingAggregate
  return type in leadAggregate.rows ? leadAggregate : publisherAggregate
}

function madeIn({ asked }: World): Facts['made'] {
  return { id: idOf(asked.length), token: tokenOf(asked.length) }
}

/** The secret of an invitation of this id, as its invitee would read it in their mail. */
export function secretOf(invitationId: string): string {
  return tokenOf(Number.parseInt(invitationId.slice(-12), 16))
}

function tokenOf(asked: number): string {
  return `token-${asked}-that-nobody-can-guess`
}

function askerOf({ publisher }: World, by: By): Asker {
  if (by === 'system') return system
  if (by === 'visitor') return visitor
  const member = publisher.members[by.id]?.role
  const staff = staffOf(by.id)
  return { ...by, ...(member ? { member } : {}), ...(staff ? { staff } : {}) }
}

const unregistered = publisherAggregate.decider.initial()

function isOfListing({ type }: AnyCommand): boolean {
  return type in listingAggregate.rows
}

/** Before a listing is created nobody owns it, and so nobody is a member of its publisher. */
function ownerless(command: AnyCommand, { listing }: World): boolean {
  return isOfListing(command) && command.type !== 'Create' && listing.publisherId === ''
}

function settleIn(world: World): World {
  return world.aggregates.listing
    .overdue(world.listing, world.now)
    .reduce((settled, { command }) => decideIn(settled, 'system', command), world)
}

function decideIn(world: World, by: By, command: AnyCommand): World {
  if (command.type in leadAggregate.rows) return decideOnLead(world, command, leadFactsFor(world, by))
  const slug = typeof command.slug === 'string' ? command.slug : undefined
  const facts = factsFor(ownerless(command, world) ? { ...world, publisher: unregistered } : world, by, slug)
  if (isOfListing(command)) return decideOnListing(world, command, facts)
  const { answer, state } = decideOn(world.aggregates.publisher, { command, state: world.publisher, facts }, world)
  return recorded({ ...world, publisher: state }, { command, before: world.publisher, facts, answer })
}

function decideOnLead(world: World, command: AnyCommand, facts: WorldFacts): World {
  const { answer, state } = decideOn(world.aggregates.lead, { command, state: world.lead, facts }, world)
  return recorded({ ...world, lead: state }, { command, before: world.lead, facts, answer })
}

function decideOnListing(world: World, command: AnyCommand, facts: WorldFacts): World {
  const { answer, state } = decideOn(world.aggregates.listing, { command, state: world.listing, facts }, world)
  const slugs = { ...world.slugs }
  for (const { slug, event } of registryChanges(world.listing, state)) {
    if (event.type === 'SlugTaken') slugs[slug] = event.data.listingId
    else delete slugs[slug]
  }
  return recorded({ ...world, listing: state, slugs }, { command, before: world.listing, facts, answer })
}

function decideOn<State, F extends Facts, Event extends Decided>(
  aggregate: Aggregate<State, F, Event>,
  question: { command: AnyCommand; state: State; facts: F },
  world: World,
): { answer: readonly StoredEvent[] | Refused; state: State } {
  const row = aggregate.rows[question.command.type]
  if (!row) throw new Error(`There is no command ${question.command.type}.`)
  const sealed = sealedIn(row, question)
  const parsed = { ...question, command: sealed, facts: withSecret(row, sealed, question.facts) }
  const command = prepareBy(aggregate, row, parsed)
  if ('refused' in command) return { answer: command as Refused, state: question.state }
  const decided = decideBy(aggregate, row, { ...parsed, command: command as AnyCommand })
  if (isRefused(decided)) return { answer: decided, state: question.state }
  const events = decided.map((event, index) => stored(event, { index, of: decided.length, world, question, aggregate }))
  return {
    answer: events,
    state: events.reduce((state, event) => step(aggregate.decider, state, event), question.state),
  }
}

/** Sealed as a runtime would, but for the cipher: what the rules see of it is a mark and a box. */
function sealedIn<State, F extends Facts, Event>(
  row: Row<State, F, AnyCommand, Event>,
  { command, facts }: { readonly command: AnyCommand; readonly facts: F },
): AnyCommand {
  const parsed = row.command.parse(command)
  if (!row.subject) return parsed
  const subject = row.subject(parsed, facts.made)
  return sealPersonal(parsed, (plain) => sealedFor(subject, JSON.stringify(plain)))
}

/** The facts with the secret that a row asks for, sealed as a runtime would. */
function withSecret<State, F extends Facts, Event>(
  row: Row<State, F, AnyCommand, Event>,
  command: AnyCommand,
  facts: F,
): F {
  if (!row.secret || !row.subject) return facts
  const plain = row.secret(facts.made.token)
  const sealed = sealedFor(row.subject(command, facts.made), plain) as Sealed<string>
  return { ...facts, made: { ...facts.made, secret: { hash: sha256(plain), sealed } } }
}

function sealedFor(subject: string, plain: string): Sealed {
  return { subject, box: sha256(`${subject} box ${plain}`), mark: sha256(`${subject} ${plain}`) }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function stored(
  { type, data }: Decided,
  where: {
    index: number
    of: number
    world: World
    question: { command: AnyCommand; facts: Facts }
    aggregate: { prefix: string; idField: string }
  },
): StoredEvent {
  const { world, question, aggregate, index, of } = where
  const stream = `${aggregate.prefix}${String(question.command[aggregate.idField])}`
  const position = world.events.length + index + 1
  const { asker, now } = question.facts
  return {
    id: idOf(1000 + position),
    type,
    data: data as JsonObject,
    stream,
    version: world.events.filter((event) => event.stream === stream).length + index,
    position,
    metadata: {
      command: { id: `command-${world.asked.length}`, type: question.command.type, hash: '', index, of },
      correlationId: `command-${world.asked.length}`,
      causationId: `command-${world.asked.length}`,
      actor: { id: asker.id, name: asker.name, role: roleOf(asker) },
      occurredAt: now,
      schemaVersion: 1,
      contentVersion: world.rules.contentVersion,
      rules: '',
      basis: [],
      hops: 0,
    },
  }
}

function recorded(world: World, asked: Asked): World {
  const events = isRefused(asked.answer) ? world.events : [...world.events, ...asked.answer]
  return { ...world, events, asked: [...world.asked, asked] }
}

function idOf(number: number): string {
  return `0190b000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}
