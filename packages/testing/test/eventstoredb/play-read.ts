import { type AllStreamResolvedEvent, BACKWARDS, FORWARDS, type ResolvedEvent } from '@eventstore/db-client'
import type { Answer } from './answers.js'
import { positionIn, revisionIn } from './place-in.js'
import type { Playing } from './playing.js'
import type { Read } from './recorded-cases.js'

const longEnough = 1_500 // milliseconds after which a read of nothing counts as one without end

export async function playRead(read: Read, playing: Playing): Promise<Answer> {
  const events = read.op === 'read' ? readOne(read, playing) : readLog(read, playing)
  if (read.op === 'readAll' && read.maxCount === 0) return endless(events)
  const all: (ResolvedEvent | AllStreamResolvedEvent)[] = []
  for await (const event of events) if (isOf(playing, event)) all.push(event)
  return { kind: 'events', events: all, full: read.full ?? true }
}

/** Whether an event is of this case: reads of the log show those of others too. */
export function isOf({ names }: Playing, { event, link }: ResolvedEvent): boolean {
  return (link ?? event)?.streamId.includes(names.prefix) ?? false
}

function readOne(read: Read, { stage: { client }, names }: Playing) {
  const fromRevision = revisionIn(beginning(read))
  return client.readStream(names.stream(read.stream ?? ''), { ...optionsOf(read), fromRevision })
}

function readLog(read: Read, playing: Playing) {
  const fromPosition = positionIn(beginning(read), playing)
  return playing.stage.client.readAll({ ...optionsOf(read), fromPosition })
}

function beginning({ from, direction }: Read) {
  return from ?? (direction ? 'end' : 'start')
}

function optionsOf({ direction, maxCount, resolveLinkTos = false }: Read) {
  return {
    direction: direction ? BACKWARDS : FORWARDS,
    resolveLinkTos,
    ...(maxCount !== undefined && { maxCount }),
  } as const
}

/** Nothing comes of it: what is left open would take the place of another call. */
async function endless(events: ReturnType<typeof readLog> | ReturnType<typeof readOne>): Promise<Answer> {
  const first = events[Symbol.asyncIterator]().next()
  const waited = Promise.withResolvers<'waited'>()
  setTimeout(() => waited.resolve('waited'), longEnough)
  const outcome = await Promise.race([first, waited.promise])
  await events.cancel()
  return outcome === 'waited' ? { kind: 'pending' } : { kind: 'nothing' }
}
