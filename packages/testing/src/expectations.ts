import { isDeepStrictEqual } from 'node:util'
import type { Refusal, StoredEvent } from '@vitrine/core'

/** Something that a scenario expects: an event, a refusal, an answer without events, a message, or that there is none. */
export type Expectation =
  | { readonly event: string; readonly data?: object; readonly by?: string }
  | { readonly refused: string; readonly facts?: object }
  | { readonly nothing: true }
  | { readonly sent: string; readonly to?: string | readonly string[]; readonly facts?: object }
  | { readonly nothingSent: true }

/** What was seen of a scenario. */
export interface Seen {
  readonly events: readonly StoredEvent[]
  /** What was sent about those events, in no order. */
  readonly messages: readonly SentMessage[]
  readonly answer: { readonly refused: Refusal } | { readonly events: readonly { readonly type: string }[] } | undefined
}

/** A message that was sent to somebody. */
export interface SentMessage {
  readonly kind: string
  /** The actor id of a member or of staff; else the e-mail address or the URL. */
  readonly to: string
  readonly facts: object
}

/** Expects an event of this type, whose data hold at least this, written by this actor id or role. */
export function event(type: string, data?: object, by?: string): Expectation {
  return { event: type, ...(data ? { data } : {}), ...(by === undefined ? {} : { by }) }
}

/** Expects that the last command is refused with this code, and with at least these facts. */
export function refused(code: string, facts?: object): Expectation {
  return { refused: code, ...(facts ? { facts } : {}) }
}

/** Expects that the last command is accepted and writes nothing: its effect held already. */
export const nothing: Expectation = { nothing: true }

/**
 * Expects one message of this kind, to these actor ids, e-mail addresses or URLs, that says at least this. When a scenario
 * expects any, nothing else may have been sent. Everything comes to rest before that is looked at: what policies and
 * deadlines write until then is among the events.
 */
export function sent(
  kind: string,
  more: { readonly to?: string | readonly string[]; readonly facts?: object } = {},
): Expectation {
  return { sent: kind, ...more }
}

/** Expects that nobody is told anything, once everything has come to rest. */
export const nothingSent: Expectation = { nothingSent: true }

/** Whether it is about what was sent, or that nothing was. */
export function isOfMessages(expectation: Expectation): boolean {
  return 'sent' in expectation || 'nothingSent' in expectation
}

/** What is wrong with what was seen, readable without a debugger; `undefined` when all is as expected. */
export function reportOf(expectations: readonly Expectation[], seen: Seen): string | undefined {
  const wrong = [
    ...wrongEvents(expectations, seen),
    ...wrongMessages(expectations, seen),
    ...wrongAnswer(expectations, seen),
  ]
  if (wrong.length === 0) return undefined
  const parts = [
    'The scenario came out otherwise.',
    ...wrong.map((line) => `  ${line}`),
    'Expected:',
    ...expectations.map((one) => `  ${JSON.stringify(one)}`),
    'Happened:',
    ...seen.events.map(
      ({ type, data, metadata }) =>
        `  ${type} ${JSON.stringify(data)} by ${metadata.actor.name} (${metadata.actor.role})`,
    ),
    'Sent:',
    ...seen.messages.map(({ kind, to, facts }) => `  ${kind} to ${to} ${JSON.stringify(facts)}`),
    `Answer: ${answerText(seen.answer)}`,
  ]
  return parts.join('\n')
}

function wrongEvents(expectations: readonly Expectation[], { events }: Seen): readonly string[] {
  const expected = expectations.filter((one) => 'event' in one)
  const count = Math.max(expected.length, events.length)
  return Array.from({ length: count }, (_, index) => wrongEvent(expected[index], events[index], index)).filter(
    (line) => line !== undefined,
  )
}

function wrongEvent(
  expected: Extract<Expectation, { event: string }> | undefined,
  happened: StoredEvent | undefined,
  index: number,
): string | undefined {
  const place = `Event ${index + 1}`
  if (!expected) return `${place} was not expected: ${happened?.type}.`
  if (!happened) return `${place} is missing: ${expected.event}.`
  if (happened.type !== expected.event) return `${place} is ${happened.type}, not ${expected.event}.`
  const { id, role } = happened.metadata.actor
  if (expected.by !== undefined && expected.by !== id && expected.by !== role)
    return `${place} is by ${id} (${role}), not by ${expected.by}.`
  return firstDifference(expected.data ?? {}, happened.data, `${place}, ${happened.type}`)
}

/** Who is expected stands for one message each; whoever is left was not expected. */
function wrongMessages(expectations: readonly Expectation[], { messages }: Seen): readonly string[] {
  if (!expectations.some(isOfMessages)) return []
  const expected = expectations.filter((one) => 'sent' in one)
  const left = [...messages]
  const wrong = expected.flatMap(({ sent: kind, to, facts = {} }) =>
    (to === undefined ? [undefined] : [to].flat()).flatMap((one) => wrongMessage(left, { kind, to: one, facts })),
  )
  return [...wrong, ...left.map(({ kind, to }) => `A message was not expected: ${kind} to ${to}.`)]
}

/** Takes the message that is meant out of those that are left. */
function wrongMessage(
  left: SentMessage[],
  { kind, to, facts }: { readonly kind: string; readonly to: string | undefined; readonly facts: object },
): readonly string[] {
  const at = left.findIndex((one) => one.kind === kind && (to === undefined || one.to === to))
  const [message] = at < 0 ? [] : left.splice(at, 1)
  const name = `Message ${kind}${to === undefined ? '' : ` to ${to}`}`
  if (!message) return [`${name} is missing.`]
  const different = firstDifference(facts, message.facts, name)
  return different === undefined ? [] : [different]
}

function wrongAnswer(expectations: readonly Expectation[], { answer }: Seen): readonly string[] {
  const refusal = expectations.find((one) => 'refused' in one)
  const given = answer && 'refused' in answer ? answer.refused : undefined
  if (!refusal) return wronglyRefused(expectations, given, answer)
  if (given?.code !== refusal.refused)
    return [`The answer is ${answerText(answer)}, not refused with ${refusal.refused}.`]
  const different = firstDifference(refusal.facts ?? {}, given, 'The refusal')
  return different === undefined ? [] : [different]
}

function wronglyRefused(
  expectations: readonly Expectation[],
  given: Refusal | undefined,
  answer: Seen['answer'],
): readonly string[] {
  if (given) return [`The last command was refused: ${given.code}. ${given.message}`]
  const wrote = answer && 'events' in answer && answer.events.length > 0
  return expectations.some((one) => 'nothing' in one) && wrote
    ? ['The last command wrote events; nothing was expected.']
    : []
}

/** The first member of `expected` that `happened` does not equal; objects are compared by what is expected of them. */
function firstDifference(expected: unknown, happened: unknown, path: string): string | undefined {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) {
    if (isDeepStrictEqual(expected, happened)) return undefined
    return `${path} is ${JSON.stringify(happened)}, not ${JSON.stringify(expected)}.`
  }
  const members: { readonly [key: string]: unknown } =
    typeof happened === 'object' && happened !== null ? { ...happened } : {}
  for (const [key, value] of Object.entries(expected)) {
    const different = firstDifference(value, members[key], `${path}.${key}`)
    if (different !== undefined) return different
  }
  return undefined
}

function answerText(answer: Seen['answer']): string {
  if (!answer) return 'none'
  if ('refused' in answer) return `refused with ${answer.refused.code}: ${answer.refused.message}`
  return answer.events.length === 0
    ? 'accepted, nothing to do'
    : `accepted: ${answer.events.map(({ type }) => type).join(', ')}`
}
