import type { AllStreamResolvedEvent, Position, RecordedEvent, ResolvedEvent } from '@eventstore/db-client'
import type { Answer, Message } from './answers.js'
import type { CaseNames } from './case-names.js'
import { shownError } from './shown-error.js'

/** Answers as they were recorded: without what differs between two runs. */
export function shownAnswers(names: CaseNames, given: readonly Answer[], when: readonly Answer[]): unknown[] {
  const ranks = ranked([...given, ...when].flatMap(placesIn))
  return when.map((answer) => shown({ names, ranks }, answer))
}

interface Showing {
  readonly names: CaseNames
  /** A position's place among all that a case has seen. */
  readonly ranks: ReadonlyMap<bigint, number>
}

const literal = new Set([0n, 2n ** 64n - 1n])

function ranked(places: readonly bigint[]): ReadonlyMap<bigint, number> {
  const sorted = [...new Set(places)].filter((place) => !literal.has(place)).sort((a, b) => (a < b ? -1 : 1))
  return new Map(sorted.map((place, index) => [place, index + 1]))
}

function placesIn(answer: Answer): bigint[] {
  switch (answer.kind) {
    case 'appended':
    case 'deleted':
      return placesOf(answer.result.position)
    case 'appended-many':
      return answer.results.flatMap(({ position }) => placesOf(position))
    case 'metadata':
      return answer.revision === undefined ? [] : [answer.revision]
    case 'events':
      return answer.events.flatMap(placesOfEvent)
    case 'messages':
      return [...answer.messages.flatMap(placesOfMessage), ...answer.during.flatMap(placesIn)]
    default:
      return []
  }
}

function placesOf(position: Position | undefined): bigint[] {
  return position ? [position.commit, position.prepare] : []
}

function placesOfEvent({ event, link }: ResolvedEvent | AllStreamResolvedEvent): bigint[] {
  return [...placesOf(positionOf(event)), ...placesOf(positionOf(link))]
}

function placesOfMessage(message: Message): bigint[] {
  if (typeof message === 'string') return []
  if ('checkpoint' in message) return placesOf(message.checkpoint)
  return 'event' in message ? placesOfEvent(message.event) : []
}

function shown(showing: Showing, answer: Answer): unknown {
  switch (answer.kind) {
    case 'failed':
      return { error: shownError(showing.names, answer.error) }
    case 'pending':
      return { pending: true }
    case 'nothing':
      return { result: null }
    default:
      return { result: shownResult(showing, answer) }
  }
}

function shownResult(showing: Showing, answer: Exclude<Answer, { kind: 'failed' | 'pending' | 'nothing' }>): unknown {
  switch (answer.kind) {
    case 'appended': {
      const { success, nextExpectedRevision, position } = answer.result
      return { success, nextExpectedRevision: String(nextExpectedRevision), position: shownPosition(showing, position) }
    }
    case 'appended-many':
      return { nextExpectedRevision: String(answer.results.at(-1)?.nextExpectedRevision) }
    case 'deleted':
      return { position: shownPosition(showing, answer.result.position) }
    case 'metadata':
      return shownMetadata(showing, answer)
    case 'events':
      return { events: answer.events.map((event) => shownEvent(showing, event, answer.full)) }
    case 'messages':
      return shownSubscription(showing, answer)
  }
}

function shownMetadata(showing: Showing, { stream, metadata, revision }: Extract<Answer, { kind: 'metadata' }>) {
  const found = revision === undefined ? {} : { metadata, metastreamRevision: shownPlace(showing, revision) }
  return { streamName: showing.names.bare(stream), ...found }
}

function shownSubscription(showing: Showing, answer: Extract<Answer, { kind: 'messages' }>) {
  const messages = answer.messages.map((message) => shownMessage(showing, message, answer.full))
  const failed = answer.messages.some((message) => typeof message === 'object' && 'error' in message)
  const during = answer.during.map((each) => shown(showing, each))
  return { messages, ...(failed && { failed }), ...(answer.hasDuring && { during }) }
}

function shownMessage(showing: Showing, message: Message, full: boolean): unknown {
  if (typeof message === 'string') return message
  if ('checkpoint' in message) return { checkpoint: shownPosition(showing, message.checkpoint) }
  if ('error' in message) return { error: shownError(showing.names, message.error) }
  return { event: shownEvent(showing, message.event, full) }
}

function shownEvent(showing: Showing, resolved: ResolvedEvent | AllStreamResolvedEvent, full: boolean): unknown {
  const event = resolved.event && shownRecord(showing, resolved.event, full)
  if (!resolved.link) return event
  return { ...(event !== undefined && { event }), link: shownRecord(showing, resolved.link, full) }
}

function shownRecord(showing: Showing, event: RecordedEvent, full: boolean): unknown {
  const { names } = showing
  const position = JSON.stringify(shownPosition(showing, positionOf(event))).replaceAll('"', '')
  const text = `${names.bare(event.streamId)}#${event.revision} ${event.type} ${names.label(event.id)} ${position}`
  if (!full) return text
  const metadata = event.metadata === undefined ? {} : { metadata: shownContent(names, event.metadata) }
  return { event: text, isJson: event.isJson, data: shownContent(names, event.data), ...metadata }
}

function shownContent(names: CaseNames, content: unknown): unknown {
  return content instanceof Uint8Array ? { $utf8: names.bare(Buffer.from(content).toString('utf8')) } : content
}

/** One text when both numbers are the same; nothing when the client gave no position. */
function shownPosition(showing: Showing, position: Position | undefined): unknown {
  if (!position) return null
  const { commit, prepare } = position
  if (commit === prepare) return shownPlace(showing, commit)
  return { commit: shownPlace(showing, commit), prepare: shownPlace(showing, prepare) }
}

function shownPlace({ ranks }: Showing, place: bigint): string {
  return literal.has(place) ? String(place) : `<p${ranks.get(place)}>`
}

function positionOf(event: object | undefined): Position | undefined {
  return event && 'position' in event ? (event.position as Position | undefined) : undefined
}
