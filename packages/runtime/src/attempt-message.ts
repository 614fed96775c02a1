import {
  type Address,
  afterAttempt,
  type MessageEvent,
  type Notifier,
  nextStep,
  type RequestedMessage,
  type SendOutcome,
  system,
} from '@vitrine/core'
import { asFound } from './as-found.js'
import { codeOf } from './errors.js'
import { type Made, makeMessage } from './make-message.js'
import type { MessageAt } from './message-streams.js'
import type { MessageWiring } from './message-wiring.js'
import { pause } from './pause.js'
import { isStoreTrouble } from './store-trouble.js'
import type { TakeTurns } from './turn-taking.js'

/** What delivering takes. */
export interface Delivering extends MessageWiring {
  readonly notifiers: readonly Notifier[]
  /** From 0 up to 1. */
  readonly chance: () => number
  /** What is written to one message takes turns within the process. */
  readonly inTurn: TakeTurns
  /** Says that nothing more is to begin. */
  readonly stopping: AbortSignal
  /** Says that attempts under way are to end now. */
  readonly cutOff: AbortSignal
  /** Told that nobody is at a recipient any more, before that is recorded. */
  readonly gone: (at: MessageAt, recipient: number) => Promise<void>
}

/** One delivery of one message. */
export interface OneDelivery {
  readonly messageId: string
  readonly recipient: number
}

/** A claim is good for so many times the time of an attempt: in what is left its outcome is written. Then others may take over. */
const claimFor = 1.5
/** A notifier is given this share of the time again to end once it is over. */
const lastWord = 0.1
/** How often the writing of an outcome is tried while others write to the same message. */
const tries = 20

/**
 * Does what is to be done about a delivery: an attempt, or the record that it has expired or is given up. `false` when
 * there was nothing to do, or somebody else was first.
 */
export async function attendTo(delivering: Delivering, one: OneDelivery): Promise<boolean> {
  const { wiring, inTurn, messageRules, cutOff } = delivering
  const claim = wiring.ids.uuid()
  const begun = await inTurn(one.messageId, () => begin(delivering, one, claim))
  if (typeof begun === 'string') return begun === 'recorded'
  const signal = AbortSignal.any([cutOff, AbortSignal.timeout(messageRules.sendWithin)])
  const outcome = await wiring.tracing.span(`deliver ${begun.kind}`, {}, () => attempt(delivering, begun, one, signal))
  await inTurn(one.messageId, () => record(delivering, one, claim, outcome))
  return true
}

/** Claims an attempt, or records what needs none. */
async function begin(
  delivering: Delivering,
  { messageId, recipient }: OneDelivery,
  claim: string,
): Promise<RequestedMessage | 'recorded' | 'nothing'> {
  const { streams, messageRules, wiring } = delivering
  const at = await streams.read(messageId)
  const delivery = at.message.deliveries[recipient]
  const now = wiring.clock()
  const step = delivery ? nextStep(delivery, messageRules, now.toISOString()) : 'nothing'
  if (!delivery || step === 'nothing') return 'nothing'
  const until = new Date(now.getTime() + messageRules.sendWithin * claimFor).toISOString()
  const events: { readonly [Step in typeof step]: MessageEvent } = {
    attempt: { type: 'MessageAttempted', data: { recipient, claim, attempt: delivery.attempts + 1, until } },
    expire: { type: 'MessageExpired', data: { recipient } },
    giveUp: { type: 'MessageGivenUp', data: { recipient, reason: unknownOutcome } },
  }
  if (!(await written(delivering, at, events[step]))) return 'nothing'
  return step === 'attempt' ? at.message : 'recorded'
}

const unknownOutcome = 'Nobody knows how the last attempt ended.'

/** Whether it was this writing, and no other, that was stored. Where nobody knows, it counts as somebody else's. */
async function written({ streams }: Delivering, at: MessageAt, event: MessageEvent): Promise<boolean> {
  try {
    return (await streams.write(at, [event], { type: 'DeliverMessage', by: system })) !== undefined
  } catch (error) {
    if (codeOf(error) === 'unknown-outcome') return false
    throw error
  }
}

type Attempted = SendOutcome | Exclude<Made, { readonly message: unknown }>

/** Makes the message and sends it. What fails in the making is tried again like what fails in the sending. */
async function attempt(
  delivering: Delivering,
  message: RequestedMessage,
  one: OneDelivery,
  signal: AbortSignal,
): Promise<Attempted> {
  try {
    const made = await makeMessage(delivering, message, one.recipient)
    if (!('message' in made)) return made
    const notifier = delivering.notifiers.find(({ by }) => by === made.message.address.by)
    if (!notifier) return { outcome: 'refused', reason: `There is no notifier for ${made.message.address.by}.` }
    const outcome = await sent(notifier, made.message, signal, delivering.messageRules.sendWithin * lastWord)
    return withoutAddress(outcome, made.message.address)
  } catch (error) {
    if (isStoreTrouble(error)) throw error
    delivering.wiring.logger.error('A message could not be made.', { ...one, code: codeOf(error) })
    return { outcome: 'failed', reason: `It could not be made (${codeOf(error) ?? nameOf(error)}).` }
  }
}

/** What a notifier answers; when it throws, or does not end in time, nobody knows whether it was taken. */
async function sent(
  notifier: Notifier,
  message: Parameters<Notifier['send']>[0],
  signal: AbortSignal,
  patience: number,
): Promise<SendOutcome> {
  const failed = (reason: string): SendOutcome => ({ outcome: 'failed', reason })
  const answer = answerOf(notifier, message, signal).catch((error: unknown) =>
    failed(`Notifier ${notifier.name} threw (${codeOf(error) ?? nameOf(error)}).`),
  )
  const { promise: late, resolve } = Promise.withResolvers<SendOutcome>()
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    timer = setTimeout(() => resolve(failed(`Notifier ${notifier.name} did not end in time.`)), patience)
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  })
}

/** A notifier may be written in JavaScript: what it answers is looked at, and what it throws at once is caught. */
async function answerOf(
  notifier: Notifier,
  message: Parameters<Notifier['send']>[0],
  signal: AbortSignal,
): Promise<SendOutcome> {
  const answer: unknown = await notifier.send(message, { signal })
  if (isOutcome(answer)) return answer
  const reason = `Notifier ${notifier.name} answered ${asFound(answer)}: { outcome } was expected, with a reason unless it is delivered.`
  return { outcome: 'failed', reason }
}

function isOutcome(answer: unknown): answer is SendOutcome {
  if (typeof answer !== 'object' || answer === null || !('outcome' in answer)) return false
  if (answer.outcome === 'delivered') return true
  return (
    ['refused', 'gone', 'failed'].includes(String(answer.outcome)) &&
    'reason' in answer &&
    typeof answer.reason === 'string'
  )
}

/** Writes what came of an attempt, behind whatever others have written to the message meanwhile. */
async function record(
  delivering: Delivering,
  { messageId, recipient }: OneDelivery,
  claim: string,
  outcome: Attempted,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const at = await delivering.streams.read(messageId)
    const event = eventFor(delivering, at, { recipient, claim, outcome })
    if (!event) return
    if (event.type === 'MessageSuppressed' && event.data.reason === 'gone') await delivering.gone(at, recipient)
    if (await written(delivering, at, event)) return
    if (attempt >= tries) return
    await pause(attempt)
  }
}

function eventFor(
  { messageRules: rules, chance, wiring }: Delivering,
  { message }: MessageAt,
  { recipient, claim, outcome }: { recipient: number; claim: string; outcome: Attempted },
): MessageEvent | undefined {
  const delivery = message.deliveries[recipient]
  if (!delivery) return undefined
  if ('outcome' in outcome) {
    const now = wiring.clock().toISOString()
    return afterAttempt(delivery, { recipient, claim, outcome }, { rules, now, chance: chance() })
  }
  if (delivery.claim?.id !== claim) return undefined
  return 'suppressed' in outcome
    ? { type: 'MessageSuppressed', data: { recipient, reason: outcome.suppressed } }
    : { type: 'MessageGivenUp', data: { recipient, reason: outcome.impossible } }
}

/** Whatever a receiver answers, what is recorded of it holds nothing of where it is reached. */
function withoutAddress(outcome: SendOutcome, address: Address): SendOutcome {
  const secrets = Object.values(address)
    .flat()
    .filter((text) => text !== address.by && text.length > 2)
  const cut = (text: string) => secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text).slice(0, longest)
  if (outcome.outcome !== 'delivered') return { ...outcome, reason: cut(outcome.reason) }
  return outcome.receipt === undefined ? outcome : { ...outcome, receipt: cut(outcome.receipt) }
}

const longest = 500

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
