import { deliveries, type MessageLog, type OpenStore, reactionId, system } from '@vitrine/core'
import { sleep } from './background.js'
import { beginDue, type Deliveries, deliverDue, goAlong, type InLane, nextDue } from './deliver-messages.js'
import { deliveryOf } from './delivered-event.js'
import { codeOf, RuntimeError } from './errors.js'
import { forgetMessages } from './forget-messages.js'
import type { HandleCommand } from './handle-command.js'
import { lanesOf } from './lanes.js'
import { headOf, untilGrown } from './log-head.js'
import { messageRules } from './message-options.js'
import { liftMessages, type MessageAt, messageKind, messageStreams } from './message-streams.js'
import type { MessageWiring } from './message-wiring.js'
import { nobodyKnown } from './people.js'
import { positionOf, runningAmong } from './running-view.js'
import { turnTaking } from './turn-taking.js'
import { viewRunner } from './view-runner.js'
import { type Waiting, waitForView } from './wait-for-view.js'
import type { Embedding } from './wire.js'
import type { Wiring } from './wiring.js'

/** Everything that follows the log of messages. */
export interface MessagesFollowed {
  readonly delivering: Deliveries
  readonly log: MessageLog
  /** Delivers what is due; `false` when nothing was. */
  step(): Promise<boolean>
  /** Begins to deliver what is due, and waits for nobody. */
  begin(): Promise<void>
  /** Resolves when nothing is under way. */
  ended(): Promise<void>
  /** Resolves when there may be something to deliver. */
  wait(signal: AbortSignal): Promise<void>
  /** Forgets what ended long enough ago; how many messages. */
  forget(): Promise<number>
  /** Resolves when the view has everything that was in the log of messages when it was called. */
  ready(waiting: Omit<Waiting, 'runner'>): Promise<void>
}

/** Milliseconds between two looks, at least and at most. */
const shortest = 250
const longest = 60_000
/** Milliseconds that attempts under way have to end once the marketplace is closed. */
const lastChance = 5_000

/** Opens delivering: where it stands is looked up, nothing is sent yet. */
export async function openMessages(
  {
    store,
    wiring,
    handle,
    stopping,
  }: {
    readonly store: OpenStore
    readonly wiring: Wiring
    readonly handle: HandleCommand
    readonly stopping: AbortSignal
  },
  options: Embedding,
  found: Pick<MessageWiring, 'rows' | 'policies' | 'deliver' | 'documents'>,
): Promise<MessagesFollowed> {
  const { notifiers = [], people = nobodyKnown, rules, chance = Math.random } = options
  checkNotifiers(notifiers.map(({ by }) => by))
  const log = store.messages
  const { logger, tracing } = wiring
  const deliver = deliveryOf(log, [messageKind], liftMessages)
  const runner = await viewRunner({ log, store: store.views, deliver, logger, tracing, contentVersion: 1 }, [
    deliveries,
  ])
  const delivering = {
    ...found,
    wiring,
    people,
    rules,
    notifiers,
    chance,
    stopping,
    runner,
    streams: messageStreams(log, wiring),
    messageRules: messageRules(options.messages),
    inTurn: turnTaking(Number.POSITIVE_INFINITY),
    cutOff: laterThan(stopping),
    view: runningAmong(runner.views, deliveries),
    gone: (at: MessageAt, recipient: number) => disableGone(handle, at, recipient),
  }
  const { atOnce } = delivering.messageRules
  const lanes = lanesOf<InLane>(atOnce, async (lane) => {
    try {
      return await goAlong(delivering, lane)
    } catch (error) {
      logger.error('Deliveries could not go on; they are tried again.', { code: codeOf(error) })
      throw error
    }
  })
  const opened: Deliveries = { ...delivering, lanes }
  const alone = turnTaking(Number.POSITIVE_INFINITY)
  return {
    delivering: opened,
    log,
    step: () => alone('deliver', () => deliverDue(opened)),
    begin: () => alone('deliver', () => beginDue(opened)),
    ended: async () => {
      await lanes.ended().catch(() => undefined)
    },
    forget: () => alone('deliver', () => forgetMessages(opened, log)),
    async ready(waiting) {
      await waitForView({ ...waiting, runner }, opened.view, (await headOf(log))?.position ?? 0)
    },
    async wait(signal) {
      const due = await nextDue(opened)
      const rest = due === undefined ? longest : Date.parse(due) - wiring.clock().getTime()
      const over = new AbortController()
      const either = AbortSignal.any([signal, over.signal])
      await Promise.race([
        untilGrown(log, positionOf(opened.view), either),
        sleep(Math.min(Math.max(rest, shortest), longest), either),
      ]).finally(() => over.abort())
    },
  }
}

/**
 * Nothing more is sent to an endpoint whose receiver said that it is gone, until an administrator enables it again. Asked
 * once for each attempt: one that was enabled may be gone again.
 */
async function disableGone(handle: HandleCommand, { message }: MessageAt, recipient: number): Promise<void> {
  const { to, claim } = message.deliveries[recipient] ?? {}
  if (to?.is !== 'endpoint') return
  const { publisherId, endpointId } = to
  const command = { type: 'DisableEndpoint', publisherId, endpointId }
  await handle({ command, asker: system, commandId: reactionId(message.id, 'deliver', claim?.id ?? '') })
}

/** What is under way when everything stops may still end by itself, for a while. */
function laterThan(stopping: AbortSignal): AbortSignal {
  const cutOff = new AbortController()
  stopping.addEventListener('abort', () => setTimeout(() => cutOff.abort(), lastChance).unref(), { once: true })
  return cutOff.signal
}

/** @throws RuntimeError `invalid-options` */
function checkNotifiers(channels: readonly string[]): void {
  const twice = channels.find((channel, at) => channels.indexOf(channel) !== at)
  if (twice === undefined) return
  throw new RuntimeError(
    'invalid-options',
    `There are two notifiers for ${twice}: one for each kind of address was expected.`,
  )
}
