import { abortedError } from '@vitrine/core'
import type { DbClient, ServerPosition } from './db-client.js'
import { readFault } from './faults.js'

/** Events that the server looks at between two signs of life. */
const signEvery = 32

/**
 * Where the next event stands whose stream begins so: a subscription is the client's only way to let the server filter.
 * A server that tells nobody when it has caught up says nothing for as long as the patience lasts.
 */
export function nextAmong(
  client: DbClient,
  prefix: string,
  after: ServerPosition,
  patience: number,
  signal: AbortSignal | undefined,
): Promise<ServerPosition | 'end' | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<ServerPosition | 'end' | undefined>()
  const give = () => resolve(undefined)
  let timer = setTimeout(give, patience)
  const goOn = () => {
    clearTimeout(timer)
    timer = setTimeout(give, patience)
  }
  const filter = { filterOn: 'streamName' as const, prefixes: [prefix], checkpointInterval: signEvery }
  const subscription = client.subscribeToAll({ fromPosition: after, filter: { ...filter, checkpointReached: goOn } })
  const abort = () => reject(abortedError(signal?.reason))
  subscription.on('data', ({ event }) => resolve(event?.position))
  subscription.on('caughtUp', () => resolve('end'))
  subscription.on('error', (fault) => reject(readFault(fault, '$all')))
  signal?.addEventListener('abort', abort)
  return promise.finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    subscription.unsubscribe().catch(() => undefined)
  })
}
