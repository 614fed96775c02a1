import type { EventStore } from '@vitrine/core'
import { type EventStoreDbCluster, startEventStoreDbCluster } from '@vitrine/testing/eventstoredb-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { append, codeOf, event, eventsOf } from './event.js'
import { openStore, paths } from './server.js'

for (const appends of paths) {
  describe(`a cluster of two nodes, appended to on the ${appends} path`, { timeout: 120_000 }, () => {
    it('B15 when another node leads, who appends, reads and follows goes on: each event is there once, in order', async () => {
      const { cluster, log } = await staged(appends)
      const following = followed(log)
      for (let n = 0; n < 9; n += 1) {
        await surely(log, n)
        if (n % 3 === 2) cluster.lead(((n + 1) / 3) % 2)
      }
      await following.until(9)
      expect(following.seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
      expect(await eventsOf(log)).toHaveLength(9)
    })

    it('B15 when the leader stops for good, the other is found: nothing acknowledged is lost, nothing is there twice', async () => {
      const { cluster, log } = await staged(appends)
      const following = followed(log)
      for (let n = 0; n < 3; n += 1) await surely(log, n)
      cluster.lead(1)
      await cluster.nodes[0]!.stop()
      for (let n = 3; n < 6; n += 1) await surely(log, n)
      await following.until(6)
      expect(following.seen).toEqual([0, 1, 2, 3, 4, 5])
      expect(await eventsOf(log)).toHaveLength(6)
    })
  })
}

async function staged(appends: (typeof paths)[number]): Promise<{ cluster: EventStoreDbCluster; log: EventStore }> {
  const cluster = await startEventStoreDbCluster()
  onTestFinished(async () => {
    for (const node of cluster.nodes) await node.stop()
  })
  const { log } = await openStore(cluster.connectionString, { appends, patience: 2_000 })
  return { cluster, log }
}

/** Asks again until it is stored, as whoever was told that the outcome is unknown does. */
async function surely(log: EventStore, n: number): Promise<void> {
  const one = append(`s-${n}`, 'none', event({ n }))
  for (let code = ''; code !== 'stored'; ) {
    code = await codeOf(log.append(one))
    expect(['stored', 'unavailable', 'unknown-outcome']).toContain(code)
  }
}

function followed(log: EventStore) {
  const seen: unknown[] = []
  const stop = new AbortController()
  const ended = (async () => {
    for await (const { events } of log.readAll({ follow: true, signal: stop.signal })) {
      seen.push(...events.map(({ data }) => data.n))
    }
  })()
  return {
    seen,
    until: async (count: number) => {
      while (seen.length < count) await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))])
      stop.abort()
      await ended
    },
  }
}
