import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EventStoreDBClient } from '@eventstore/db-client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { serverProgram } from '../../src/eventstoredb-program.js'
import { runEventStoreDb, spawnEventStoreDb, startEventStoreDb } from '../../src/eventstoredb-server.js'
import { subscribed } from './subscribed.js'
import { anEvent, clientOf, failureOf, paths, plainly } from './with-server.js'

const patience = { timeout: 60_000 }
const unavailable = { name: 'UnavailableError', type: 'unavailable', code: 14 }

describe.each(paths)('a server that is killed while it is appended to (%s)', (_, options) => {
  it('has lost nothing that it acknowledged, and the same client goes on when it is back', async () => {
    const { server, client } = await withProcess()
    const seen = subscribed(client.subscribeToStream('s-0'))
    await vi.waitFor(() => expect(seen).toContain('caughtUp'), patience)
    const lanes = Array.from({ length: 16 }, (_each, lane) => appendUntilItFails(client, `s-${lane}`, options))
    await vi.waitFor(async () => expect(await revisionsIn(client, 's-0')).toContain(4n), patience)
    await server.kill()
    const acknowledged = await Promise.all(lanes)
    await vi.waitFor(() => expect(seen.at(-1)).toBe(JSON.stringify(unavailable)), patience)
    await server.start()
    for (const [lane, last] of acknowledged.entries()) {
      const revisions = await eventually(() => revisionsIn(client, `s-${lane}`))
      expect(revisions.length % 2, 'appends of two events are whole').toBe(0)
      expect(BigInt(revisions.length)).toBeGreaterThan(last)
    }
    expect((await client.appendToStream('s-0', anEvent(), options)).success).toBe(true)
  })
})

describe('a server in a process of its own', () => {
  it('stops cleanly, and goes on with its log', async () => {
    const { server, client } = await withProcess()
    await client.appendToStream('s', anEvent())
    await server.stop()
    await server.start()
    expect(await eventually(() => revisionsIn(client, 's'))).toEqual([0n])
  })

  it('has the faults of one in this process', async () => {
    const { server, client } = await withProcess()
    await server.faults.begin({ kind: 'not-ready' })
    expect(await failureOf(client.appendToStream('s', anEvent(), plainly))).toEqual(unavailable)
    await server.faults.end()
    await client.appendToStream('s', anEvent())
    const seen = subscribed(client.subscribeToStream('s'))
    await vi.waitFor(() => expect(seen).toContain('caughtUp'), patience)
    await server.faults.dropConnections()
    await vi.waitFor(() => expect(seen.at(-1)).toBe(JSON.stringify(unavailable)), patience)
  })

  it('that is paused beyond the deadline of a batch append has not written it', async () => {
    const { server, client } = await withProcess()
    await client.appendToStream('s', anEvent())
    server.pause()
    const call = failureOf(client.appendToStream('s', anEvent(), { deadline: 500 }))
    await sleep(1_000)
    server.resume()
    expect(await call).toEqual({ name: 'DeadlineExceededError', type: 'deadline-exceeded' })
    expect(await revisionsIn(client, 's')).toEqual([0n])
  })

  it('that is paused beyond the deadline of a plain append has written it when it goes on', async () => {
    const { server, client } = await withProcess()
    await client.appendToStream('s', anEvent(), plainly)
    server.pause()
    const call = failureOf(client.appendToStream('s', anEvent(), { ...plainly, deadline: 500 }))
    expect(await call).toEqual({ name: 'DeadlineExceededError', type: 'deadline-exceeded', code: 4 })
    server.resume()
    await vi.waitFor(async () => expect(await revisionsIn(client, 's')).toEqual([0n, 1n]), patience)
  })

  it('goes on linking the events of categories where its links end', async () => {
    const { server, client } = await withProcess({ linksCategories: true })
    await client.appendToStream('a-1', anEvent())
    await vi.waitFor(async () => expect(await revisionsIn(client, '$ce-a')).toHaveLength(1), patience)
    await server.kill()
    await server.start()
    await eventually(() => client.appendToStream('a-2', anEvent(), plainly))
    await vi.waitFor(async () => expect(await revisionsIn(client, '$ce-a')).toHaveLength(2), patience)
  })
})

describe('a server that a command runs', () => {
  it('is started, killed and started again by it', async () => {
    const { port } = await freePort()
    const folder = mkdtempSync(join(tmpdir(), 'eventstoredb-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const words = [process.execPath, ...serverProgram(), JSON.stringify({ port, folder })]
    const connectionString = `esdb://127.0.0.1:${port}?tls=false`
    const server = await runEventStoreDb(
      connectionString,
      `exec ${words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')}`,
    )
    onTestFinished(() => server.dispose())
    const client = clientOf(server)
    await client.appendToStream('s', anEvent())
    await server.kill()
    await server.start()
    expect(await eventually(() => revisionsIn(client, 's'))).toEqual([0n])
    await server.stop()
    await server.start()
    await expect(server.start()).rejects.toThrow('only what the command starts can be killed')
  })
})

/** A port that nobody uses at the moment. */
async function freePort() {
  const server = await startEventStoreDb()
  await server.stop()
  return server
}

async function withProcess(options = {}) {
  const server = await spawnEventStoreDb(options)
  onTestFinished(() => server.dispose())
  return { server, client: clientOf(server) }
}

/** Gives the last revision that was acknowledged; −1 when none was. */
async function appendUntilItFails(client: EventStoreDBClient, stream: string, options: object): Promise<bigint> {
  for (let last = -1n; ; ) {
    const result = await client.appendToStream(stream, [anEvent(), anEvent()], options).catch(() => undefined)
    if (!result) return last
    last = result.nextExpectedRevision
  }
}

/** A connection that was cut is made again after a while. */
async function eventually<Result>(run: () => Promise<Result>): Promise<Result> {
  return vi.waitFor(run, patience)
}

async function revisionsIn(client: EventStoreDBClient, stream: string) {
  const revisions = []
  for await (const { event } of client.readStream(stream)) revisions.push(event?.revision)
  return revisions
}
