import assert from 'node:assert/strict'
import type { Address, Locale, Message, MessageKind, Notifier, SendOutcome } from '@vitrine/core'
import type { ContractCase } from './contract-case.js'
import { sampleMessages } from './notifier-samples.js'

/**
 * What the receiver does with what comes. `accept`: takes it · `refuse`: says that it never will · `fail`: says that it
 * cannot now · `stall`: never answers · `drop`: takes it and breaks off instead of saying so. Where it says anything, it
 * repeats what it was sent, address and all, as careless receivers do.
 */
export type ReceiverConduct = 'accept' | 'refuse' | 'fail' | 'stall' | 'drop'

/** A notifier, and a receiver that it writes to. */
export interface NotifierStage {
  readonly notifier: Notifier
  /** Where the receiver is. */
  readonly address: Address
  /** Kinds that the adapter keeps from such addresses, for what they hold; none by default. */
  readonly refuses?: readonly MessageKind[]
  /** Switches the receiver, which accepts at first. */
  behave(conduct: ReceiverConduct): void
  /** Of every message that the receiver took, in order: the key by which it tells repeats. */
  taken(): readonly string[]
  /** Ends the receiver. The notifier was closed before. */
  close(): Promise<void>
}

/** What an adapter hands in: each call gives a stage of its own, whose notifier gives an attempt `timeout` milliseconds. */
export type NewNotifier = (options: { readonly timeout: number }) => Promise<NotifierStage>

/** A case on a stage of its own; in the end the notifier is closed, then the receiver. */
export function onStage(
  newNotifier: NewNotifier,
  title: string,
  run: (stage: NotifierStage) => Promise<void>,
  timeout = 20_000,
): ContractCase {
  return {
    title,
    run: async () => {
      const stage = await newNotifier({ timeout })
      try {
        await run(stage)
      } finally {
        await stage.notifier.close()
        await stage.close()
      }
    },
  }
}

/** A message that is full of personal values. `id` tells it from others. */
export function messageTo(address: Address, id = 'message-1'): Message<object> {
  const lead = sampleMessages('en', address).find(({ kind }) => kind === 'lead-captured')
  assert.ok(lead)
  return deepFrozen({ ...lead, id })
}

/** Every kind, and one of a marketplace's own. */
export function everyMessageTo(address: Address, locale: Locale): readonly Message<object>[] {
  const samples = sampleMessages(locale, address)
  const own = { kind: 'terms-changed', facts: { from: '2026-05-01', pages: [1, 2], why: null, more: { on: true } } }
  return [...samples, { ...samples[0]!, id: `own-${locale}`, ...own }].map(deepFrozen)
}

/** Sends and never stops the attempt. */
export function send({ notifier }: NotifierStage, message: Message<object>): Promise<SendOutcome> {
  return notifier.send(message, { signal: new AbortController().signal })
}

/** The outcome must be this one, and have a reason that is a sentence unless it is `delivered`. */
export function assertOutcome(answer: SendOutcome, outcome: SendOutcome['outcome']): void {
  assert.equal(answer.outcome, outcome, JSON.stringify(answer))
  if (answer.outcome !== 'delivered') assert.match(answer.reason, /^\S+ \S+.*\.$/)
}

/** How long it took, in milliseconds, beside what came of it. */
export async function timed<T>(run: () => Promise<T>): Promise<readonly [took: number, answer: T]> {
  const began = performance.now()
  const answer = await run()
  return [performance.now() - began, answer]
}

/** What the message must not change is frozen: no adapter writes into it. */
function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) deepFrozen(each)
  return Object.freeze(value)
}
