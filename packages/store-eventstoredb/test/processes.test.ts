import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { append, codeOf, event, eventsOf } from './event.js'
import { canRestart, openStore, paths, restartableServer } from './server.js'

// A real server that no command starts cannot be killed: then this is said, and nothing is shown.
describe.runIf(canRestart)('a server in a process of its own', { timeout: 120_000 }, async () => {
  if (!canRestart) return
  const server = await restartableServer()
  afterAll(server.dispose)

  for (const appends of paths) {
    it(`A24 A31 observed: killed under load on the ${appends} path, nothing acknowledged is lost, nothing is there twice`, async () => {
      const { log } = await openStore(server.connectionString, { appends, patience: 5_000 })
      const stored = new Map<string, number>()
      let isOver = false
      const writers = Array.from({ length: 16 }, async (_, n) => {
        for (let at = 0; !isOver; at += 1) {
          const one = append(`s-${n}-${at}`, 'none', event({ n, at }), event({ n, at }))
          if ((await codeOf(log.append(one))) === 'stored') stored.set(`s-${n}-${at}`, 2)
          else await pause(50)
        }
      })
      for (let round = 0; round < 2; round += 1) {
        await pause(300)
        await server.kill()
        await server.start()
      }
      await pause(300)
      isOver = true
      await Promise.all(writers)
      const found = Map.groupBy(await eventsOf(log), ({ stream }) => stream)
      expect(stored.size).toBeGreaterThan(0)
      for (const [stream, count] of stored) expect([stream, found.get(stream)?.length]).toEqual([stream, count])
      for (const events of found.values()) expect(events.map(({ version }) => version)).toEqual([0, 1])
    })

    it(`A30 killed between the write and the answer, on the ${appends} path: a retry finds one copy`, async () => {
      const { log } = await openStore(server.connectionString, { appends, patience: 5_000 })
      const attempts = Array.from({ length: 32 }, (_, n) => append(`s-${n}`, 'none', event({ n })))
      const codes = Promise.all(attempts.map((one) => codeOf(log.append(one))))
      await server.kill()
      const known = await codes
      await server.start()
      for (const [n, one] of attempts.entries()) {
        const before = (await surely(() => log.readStream(`s-${n}`))).head
        if (known[n] === 'stored') expect(before).toBe(0)
        if (known[n] === 'unavailable') expect(before).toBe('none')
        expect(await surely(() => log.append(one))).toMatchObject({ versions: [0] })
      }
      expect(await eventsOf(log)).toHaveLength(32)
    })

    it(`B15 observed 8: who follows while the server is killed and stopped cleanly, on the ${appends} path, misses nothing and hears nothing twice`, async () => {
      const { log } = await openStore(server.connectionString, { appends, patience: 5_000 })
      const seen: number[] = []
      const stop = new AbortController()
      const following = (async () => {
        for await (const { events } of log.readAll({ follow: true, signal: stop.signal })) {
          seen.push(...events.map(({ data }) => Number(data.n)))
        }
      })()
      let n = 0
      for (const end of [server.kill, server.stop, server.kill]) {
        for (let more = 0; more < 10; more += 1, n += 1) await surely(() => log.append(nth(n)))
        await end()
        await pause(200)
        await server.start()
      }
      for (let more = 0; more < 10; more += 1, n += 1) await surely(() => log.append(nth(n)))
      while (seen.length < n) await pause(50)
      stop.abort()
      await following
      expect(seen).toEqual(Array.from({ length: n }, (_, at) => at))
    })
  }

  it('A11 after a restart of server and store, a repeated append gets its first answer', async () => {
    const one = append('s', 'none', event(), event())
    const prefix = `t${randomUUID().replaceAll('-', '')}`
    const store = await openStore(server.connectionString, { prefix })
    const first = await store.log.append(one)
    await store.log.append(append('s', 1, event()))
    await store.close()
    await server.stop()
    await server.start()
    const again = await openStore(server.connectionString, { prefix })
    expect(again.log.logId).toBe(store.log.logId)
    expect(await again.log.append(one)).toEqual({ ...first, duplicate: true })
  })
})

const events = new Map<number, ReturnType<typeof append>>()

/** The same bytes whenever it is asked for. */
function nth(n: number) {
  const one = events.get(n) ?? append(`s-${n}`, 'none', event({ n }))
  events.set(n, one)
  return one
}

/** Tries until the server is there again. What was stored unseen answers a repeat. */
async function surely<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call()
    } catch (fault) {
      const { code } = fault as { code?: string }
      if (code !== 'unavailable' && code !== 'unknown-outcome') throw fault
      await pause(50)
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
