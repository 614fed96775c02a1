import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventStore, OpenStore, Store, StoredEvent } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import { sqliteStore } from '@vitrine/store-sqlite'
import { staffOf } from '@vitrine/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsIn, live, defaultRules as rules } from '../test/lived-market.js'
import { exportLog } from './export-log.js'
import { manifestPath, readManifest } from './export-manifest.js'
import { importLog } from './import-log.js'
import { verify } from './verify.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-export-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const newFile = () => {
  files += 1
  return join(folder, `${files}.ndjson`)
}
const stores: { readonly [name: string]: () => Store } = {
  memory: () => memoryStore(),
  SQLite: () => sqliteStore(newFile().replace('ndjson', 'db')),
}

let source: OpenStore
let file: string
beforeAll(async () => {
  const store = memoryStore()
  await live(store)
  source = await store.open()
  file = newFile()
  await exportLog(source, file)
})

const segmentSize = 3_000

/** The log of the source many times over, under other names: many segments. */
async function longLog(): Promise<EventStore> {
  const { log } = await memoryStore().open()
  const events = await eventsIn(source.log)
  for (let copy = 0; copy < 170; copy += 1) {
    for (const { stream, version, id, type, data, metadata } of events) {
      const expected = version === 0 ? 'none' : version - 1
      const command = { ...metadata.command, id: `${copy}-${metadata.command.id}` }
      const one = { id, type, data, metadata: { ...metadata, command } }
      await log.append({ writes: [{ stream: `${stream}-${copy}`, expected, events: [one] }] })
    }
  }
  return log
}

describe('an exported log', () => {
  it('A48 holds every event as it is stored, and the checksums of its segments', async () => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(await eventsIn(source.log))
    const manifest = await readManifest(file)
    expect(manifest).toMatchObject({ complete: true, events: lines.length, logId: source.log.logId })
  })

  it('A48 is gone on with where it was interrupted, and when the log has grown', async () => {
    const log = await longLog()
    const whole = newFile()
    await exportLog({ log }, whole, { segmentSize })
    const interrupted = newFile()
    const stopping = new AbortController()
    const stop = (events: number) => {
      if (events > 4_000) stopping.abort()
    }
    await expect(
      exportLog({ log }, interrupted, { onProgress: stop, signal: stopping.signal, segmentSize }),
    ).rejects.toMatchObject({
      code: 'aborted',
    })
    const before = (await readManifest(interrupted))!
    expect([before.complete, before.segments.length]).toEqual([false, 1])
    // Half a segment that no manifest knows of.
    writeFileSync(interrupted, 'torn', { flag: 'a' })
    await exportLog({ log }, interrupted, { segmentSize })
    expect(readFileSync(interrupted)).toEqual(readFileSync(whole))
    expect(await readManifest(interrupted)).toEqual(await readManifest(whole))

    const [last] = (await eventsIn(log)).slice(-1)
    const { id, type, data, metadata } = last!
    await log.append({ writes: [{ stream: 'another', expected: 'none', events: [{ id, type, data, metadata }] }] })
    const grown = await exportLog({ log }, whole, { segmentSize })
    expect(grown.events).toBe((await eventsIn(log)).length)
  })

  it('touches no file of somebody else, and goes on with no damaged one, nor with the export of another log', async () => {
    const theirs = newFile()
    writeFileSync(theirs, 'mine')
    await expect(exportLog(source, theirs)).rejects.toMatchObject({ code: 'file-in-the-way' })
    const cut = newFile()
    await exportLog(source, cut)
    truncateSync(cut, 100)
    await expect(exportLog(source, cut)).rejects.toMatchObject({ code: 'export-damaged' })
    await expect(exportLog(await memoryStore().open(), file)).rejects.toMatchObject({ code: 'log-replaced' })
  })
})

describe('a log that is imported', () => {
  for (const [name, newStore] of Object.entries(stores)) {
    it(`A48 into ${name}: same ids, versions, times and order; a second time nothing is written`, async () => {
      const target = await newStore().open()
      const events = await eventsIn(source.log)
      expect(await importLog(target, file)).toEqual({ events: events.length, written: events.length })
      expect((await eventsIn(target.log)).map(unplaced)).toEqual(events.map(unplaced))
      expect(await verify({ log: target.log, rules }, { wholeChain: true })).toMatchObject({ broken: 0, unchained: 0 })
      const head = (await eventsIn(target.log)).length
      expect(await importLog(target, file)).toEqual({ events: events.length, written: 0 })
      expect((await eventsIn(target.log)).length).toBe(head)
      const again = newFile()
      await exportLog(target, again)
      expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'))
      await target.close()
    })
  }

  it('A48 is gone on with where it was interrupted', async () => {
    const log = await longLog()
    const long = newFile()
    await exportLog({ log }, long, { segmentSize })
    const target = await memoryStore().open()
    const stopping = new AbortController()
    await expect(
      importLog(target, long, { onProgress: () => stopping.abort(), signal: stopping.signal }),
    ).rejects.toThrow()
    const half = (await eventsIn(target.log)).length
    expect(half).toBeGreaterThan(0)
    const { events, written } = await importLog(target, long)
    expect(written).toBe(events - half)
    expect((await eventsIn(target.log)).map(unplaced)).toEqual((await eventsIn(log)).map(unplaced))
  })

  it('refuses a file that was changed, one that is not complete, and a log that holds something else', async () => {
    const changed = newFile()
    await exportLog(source, changed)
    const text = readFileSync(changed, 'utf8')
    writeFileSync(changed, text.replace('Ledgerline', 'Ledgerlime'))
    const target = await memoryStore().open()
    await expect(importLog(target, changed)).rejects.toMatchObject({ code: 'export-damaged' })
    expect(await eventsIn(target.log)).toEqual([])

    const manifest = readFileSync(manifestPath(file), 'utf8').replace('"complete": true', '"complete": false')
    writeFileSync(changed, text)
    writeFileSync(manifestPath(changed), manifest)
    await expect(importLog(target, changed)).rejects.toMatchObject({ code: 'export-incomplete' })

    const [first] = await eventsIn(source.log)
    const other = { id: 'e0000000-0000-4000-8000-000000000000', type: 'Other', data: {}, metadata: first!.metadata }
    await target.log.append({ writes: [{ stream: first!.stream, expected: 'none', events: [other] }] })
    await expect(importLog(target, file)).rejects.toMatchObject({
      code: 'import-conflicts',
      message: expect.stringContaining(`${first!.stream} behind none`),
    })
  })

  it('waits until no runner is at work, and keeps others from beginning', async () => {
    const store = memoryStore()
    const runner = await openMarketplace({ rules, store, staff: staffOf, limits: { lease: 300 } })
    runner.start()
    await expect.poll(async () => (await runner.health()).policies.length).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 400))
    const target = await store.open()
    await expect(importLog(target, file, { lease: 300 })).rejects.toMatchObject({ code: 'runners-at-work' })
    expect(await eventsIn(target.log)).toEqual([])
    await runner.close()
    expect((await importLog(target, file, { lease: 300 })).written).toBeGreaterThan(40)
  })

  it('publishes nothing and tells nobody, three years later, also where policies stood before', async () => {
    const store = memoryStore()
    const open = () =>
      openMarketplace({ rules, store, staff: staffOf, clock: () => new Date('2029-06-01T09:00:00.000Z') })
    const early = await open()
    await early.catchUp()
    await early.close()
    const target = await store.open()
    const events = await eventsIn(source.log)
    const until = events.findIndex(({ type }) => type === 'Published')
    expect(events.slice(0, until).map(({ type }) => type)).toContain('Approved')
    const cut = newFile()
    await exportLog({ log: await prefixOf(events.slice(0, until)) }, cut)
    await importLog(target, cut)

    const later = await open()
    await later.catchUp()
    const types = (await eventsIn(target.log)).slice(until).map(({ type }) => type)
    expect(types).toEqual(['AutoRejected'])
    const told = await later.asOperator.messages.find({})
    expect(told.documents.map(({ kind }) => kind)).not.toContain('listing-live')
    await later.close()
  })
})

async function prefixOf(events: readonly StoredEvent[]): Promise<EventStore> {
  const { log } = await memoryStore().open()
  for (const group of Map.groupBy(events, ({ metadata }) => metadata.command.id).values()) {
    const writes = [...Map.groupBy(group, ({ stream }) => stream)].map(([stream, ofStream]) => ({
      stream,
      expected: ofStream[0]!.version === 0 ? ('none' as const) : ofStream[0]!.version - 1,
      events: ofStream.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
    }))
    await log.append({ writes })
  }
  return log
}

function unplaced({ position: _position, ...event }: StoredEvent): Omit<StoredEvent, 'position'> {
  return event
}
