import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AllStreamSubscription,
  type Filter as ClientFilter,
  eventTypeFilter,
  type Position,
  type StreamSubscription,
  streamNameFilter,
} from '@eventstore/db-client'
import type { Answer, Message } from './answers.js'
import { positionIn, revisionIn } from './place-in.js'
import { isOf } from './play-read.js'
import type { Playing } from './playing.js'
import type { Filter, Operation, Subscribe } from './recorded-cases.js'

const patience = 20_000 // milliseconds for what must come
const quiet = 50 // milliseconds for what must not

/** Subscribes, does what is done meanwhile, and gives what came, once as much has come as was recorded. */
export async function playSubscription(
  subscribe: Subscribe,
  playing: Playing,
  expected: number,
  playDuring: (operations: readonly Operation[]) => Promise<Answer[]>,
): Promise<Answer> {
  const messages: Message[] = []
  const subscription = begin(subscribe, playing, messages)
  await until(() => messages.some(isSettled))
  await sleep(quiet)
  const during: Answer[] = []
  for (const operation of subscribe.during ?? []) {
    during.push(...(await playDuring([operation])))
    await sleep(quiet)
  }
  await until(() => messages.length >= expected)
  await sleep(quiet)
  await subscription.unsubscribe()
  return {
    kind: 'messages',
    messages,
    during,
    full: subscribe.full ?? false,
    hasDuring: subscribe.during !== undefined,
  }
}

function begin(subscribe: Subscribe, playing: Playing, messages: Message[]) {
  const subscription = subscribe.stream === '$all' ? toAll(subscribe, playing, messages) : toStream(subscribe, playing)
  subscription.on('confirmation', () => messages.push('confirmation'))
  subscription.on('caughtUp', () => messages.push('caughtUp'))
  subscription.on('error', (error: unknown) => messages.push({ error }))
  subscription.on('data', (event) => {
    if (isOf(playing, event)) messages.push({ event })
  })
  return subscription
}

function toStream({ stream, from, resolveLinkTos = false }: Subscribe, playing: Playing): StreamSubscription {
  const { client } = playing.stage
  const name = playing.names.stream(stream)
  if (from === undefined) return client.subscribeToStream(name, { resolveLinkTos })
  return client.subscribeToStream(name, { fromRevision: revisionIn(from), resolveLinkTos })
}

function toAll(subscribe: Subscribe, playing: Playing, messages: Message[]): AllStreamSubscription {
  const { from = 'start', filter, resolveLinkTos = false } = subscribe
  const options = { fromPosition: positionIn(from, playing), resolveLinkTos }
  if (!filter) return playing.stage.client.subscribeToAll(options)
  return playing.stage.client.subscribeToAll({ ...options, filter: filterOf(filter, playing, messages) })
}

function filterOf(filter: Filter, { names }: Playing, messages: Message[]): ClientFilter {
  const { on, regex, prefixes = [], maxSearchWindow, checkpointInterval = 1, noCheckpoint } = filter
  const checkpointReached = (_: unknown, checkpoint: Position) => void messages.push({ checkpoint })
  const options = {
    checkpointInterval,
    ...(maxSearchWindow !== undefined && { maxSearchWindow }),
    ...(!noCheckpoint && { checkpointReached }),
  }
  const filterOn = on === 'streamName' ? streamNameFilter : eventTypeFilter
  if (regex !== undefined) return filterOn({ ...options, regex: names.filled(regex) })
  return filterOn({ ...options, prefixes: prefixes.map(names.filled) })
}

function isSettled(message: Message): boolean {
  return message === 'caughtUp' || (typeof message === 'object' && 'error' in message)
}

/** Waits for what must come; when it does not come, the comparison says what is missing. */
async function until(isTrue: () => boolean): Promise<void> {
  for (const end = Date.now() + patience; !isTrue() && Date.now() < end; ) await sleep(10)
}
