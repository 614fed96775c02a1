import { abortedError, checkedNumber, StoreError } from '@vitrine/core'
import type { Connection, Hearing, LogSlice, StreamSlice } from './connection.js'
import type { ClientReading, Credentials, DbClient, RecordedEvent, ServerPosition } from './db-client.js'
import { within } from './deadline.js'
import { appendFault, isNoPosition, readFault, typeOf, unknownOutcome } from './faults.js'
import { nextAmong } from './next-among.js'
import { readEvents } from './read-events.js'
import { turns } from './turns.js'

/** How the client is used. */
export interface ClientUse {
  /** Given with every append, they keep it off the path on which appends share one call; `undefined` takes that path. */
  readonly credentials: Credentials | undefined
  /** Milliseconds after which a call is given up. */
  readonly patience: number
  /** Disposes of a client that the store has opened. */
  readonly close: () => Promise<void>
}

/** Calls under way at once; the connection, which all clients of a process share, carries 100. */
const callsAtOnce = 32
/** How often an append is sent to a node that turns out not to lead. */
const leaders = 3
/** Events that the server looks at between two notes of how far it came. */
const noteEvery = 32

/** The binding to `@eventstore/db-client`. */
export function clientConnection(client: DbClient, { credentials, patience, close }: ClientUse): Connection {
  const { withPlace } = turns(callsAtOnce)
  const read = async (what: string, begin: () => ClientReading, signal: AbortSignal | undefined) => {
    if (signal?.aborted) throw abortedError(signal.reason)
    return withPlace(() => readInTime(begin(), what, patience, signal))
  }

  return {
    append: (name, { stream, expected }, events) =>
      withPlace(async () => {
        const options = {
          expectedRevision: expected === 'none' ? ('no_stream' as const) : BigInt(expected),
          requiresLeader: true,
          deadline: patience,
          ...(credentials && { credentials }),
        }
        for (let attempt = 1; ; attempt += 1) {
          try {
            const sent = client.appendToStream(name, events, options)
            const late = () => unknownOutcome(stream, new Error(`no answer in ${patience} ms`))
            const { nextExpectedRevision, position } = await within(patience, sent, late)
            return {
              revision: checkedNumber(BigInt(nextExpectedRevision), 'The revision'),
              position: position && exactPosition(stream, position),
            }
          } catch (fault) {
            if (typeOf(fault) !== 'not-leader' || attempt >= leaders) throw appendFault(fault, { stream, expected })
          }
        }
      }),

    async readStream(name, { from, count, backwards = false }: StreamSlice, signal) {
      const options = {
        fromRevision: from === 'end' ? ('end' as const) : BigInt(from),
        direction: backwards ? ('backwards' as const) : ('forwards' as const),
        maxCount: count,
        requiresLeader: true,
      }
      try {
        return await read(`Stream ${name}`, () => client.readStream(name, options), signal)
      } catch (fault) {
        if (typeOf(fault) === 'stream-not-found') return 'absent'
        throw readFault(fault, `stream ${name}`)
      }
    },

    async readAll({ from, count, backwards = false }: LogSlice, signal) {
      const options = {
        fromPosition: from,
        direction: backwards ? ('backwards' as const) : ('forwards' as const),
        maxCount: count,
        requiresLeader: true,
      }
      try {
        return await read('$all', () => client.readAll(options), signal)
      } catch (fault) {
        if (isNoPosition(fault)) return 'no-place'
        throw readFault(fault, '$all')
      }
    },

    next: (prefix, after, signal) => withPlace(() => nextAmong(client, prefix, after, patience, signal)),

    subscribe: (prefix, after, hear) => subscribe(client, prefix, after, hear),

    async tombstone(name, version) {
      try {
        const sent = client.tombstoneStream(name, { expectedRevision: BigInt(version), deadline: patience })
        await within(patience, sent, () => unknownOutcome(name, new Error(`no answer in ${patience} ms`)))
        return 'deleted'
      } catch (fault) {
        if (typeOf(fault) === 'stream-deleted') return 'gone'
        if (typeOf(fault) === 'wrong-expected-version') return 'moved'
        throw appendFault(fault, { stream: name, expected: version })
      }
    },

    close,
  }
}

/** A place as the server is asked for it: what is written today has one number twice. */
export function place(position: number): ServerPosition {
  return { commit: BigInt(position), prepare: BigInt(position) }
}

async function readInTime(
  reading: ClientReading,
  what: string,
  patience: number,
  signal: AbortSignal | undefined,
): Promise<readonly RecordedEvent[]> {
  const late = new AbortController()
  const fault = () => new StoreError('unavailable', `${what} was not read in ${patience} ms. Try again.`)
  const timer = setTimeout(() => late.abort(fault()), patience)
  try {
    return await readEvents(reading, late.signal, signal)
  } finally {
    clearTimeout(timer)
  }
}

function subscribe(client: DbClient, prefix: string, after: ServerPosition, hear: Hearing): { end(): void } {
  let over = false
  const filter = {
    filterOn: 'streamName' as const,
    prefixes: [prefix],
    checkpointInterval: noteEvery,
    checkpointReached: (_: unknown, position: ServerPosition) => {
      if (!over) hear.looked(position)
    },
  }
  const subscription = client.subscribeToAll({ fromPosition: after, filter })
  const end = () => {
    if (over) return
    over = true
    subscription.unsubscribe().catch(() => undefined)
  }
  const failed = (fault: unknown) => {
    if (over) return
    end()
    hear.failed(fault)
  }
  subscription.on('confirmation', () => {
    if (!over) hear.begun()
  })
  subscription.on('data', ({ event }) => {
    if (event?.position && !over) hear.event(event.position)
  })
  subscription.on('error', failed)
  subscription.on('end', () => failed(new Error('the server ended the subscription')))
  return { end }
}

function exactPosition(stream: string, { commit, prepare }: ServerPosition): number {
  if (commit === prepare) return checkedNumber(commit, 'The position')
  throw unknownOutcome(stream, new Error(`the server gave two positions for it, ${commit} and ${prepare}`))
}
