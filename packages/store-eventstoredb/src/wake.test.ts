import { expect, it } from 'vitest'
import type { Connection, Hearing } from './connection.js'
import type { ServerPosition } from './db-client.js'
import { wakeUp } from './wake.js'

const at = (commit: bigint, prepare = commit): ServerPosition => ({ commit, prepare })

it('observed 1, 2: a note of the end of numbers is no place; any other is kept with both of its numbers', async () => {
  const { wake, begun, last } = subscriptions()
  const stop = new AbortController()
  const waiting = wake.beyond(10, [stop.signal])
  last().looked(at(2n ** 64n - 1n))
  last().looked(at(40n, 0n))
  last().failed(new Error('dropped'))
  await until(() => begun.length === 2)
  expect(begun).toEqual([at(5n), at(40n, 0n)])
  last().looked(at(30n))
  last().event(at(50n))
  await waiting
  stop.abort()
  wake.end()
})

it('B15 whatever ends a subscription, it is begun again behind the last event, and who waits looks', async () => {
  const { wake, begun, last } = subscriptions()
  const heard = wake.beyond(10, [])
  last().event(at(20n))
  await heard
  const looks = wake.beyond(20, [])
  last().failed(new Error('dropped'))
  await looks
  await until(() => begun.length === 2)
  const confirmed = wake.beyond(20, [])
  last().begun()
  await confirmed
  expect(begun).toEqual([at(5n), at(20n)])
  wake.end()
})

/** A connection on which nothing happens but what a test says. */
function subscriptions() {
  const begun: ServerPosition[] = []
  const hearings: Hearing[] = []
  const subscribe: Connection['subscribe'] = (_prefix, after, hearing) => {
    begun.push(after)
    hearings.push(hearing)
    return { end: () => undefined }
  }
  const wake = wakeUp({ subscribe }, 't:log:', () => at(5n))
  return { wake, begun, last: () => hearings.at(-1)! }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
