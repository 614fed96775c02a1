import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppendQueue, appendQueue } from '../src/append-queue.js'
import { openFile, type SqliteFile } from '../src/file.js'
import { logSchema, migrate } from '../src/schema.js'
import { append, event } from './event.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-chain-'))
let file: SqliteFile
let queue: AppendQueue
let transactions = 0
let streams = 0

beforeAll(async () => {
  // Nothing is waited for at a commit, so that what is counted below is the event loop's turns and not the disk's.
  file = await openFile(join(folder, 'log.db'), { patience: 1000, synchronous: 'NORMAL' })
  await migrate(file, logSchema)
  file.watching.add(() => {
    transactions += 1
  })
})
beforeEach(() => {
  queue = appendQueue(file)
  transactions = 0
})
afterAll(() => {
  file.close()
  rmSync(folder, { recursive: true })
})

describe('appends that come one after another', () => {
  it('wait for no turn of the event loop when each comes of the answer to the one before, but leave it one every so often', async () => {
    const appends = 3_000
    let turns = 0
    let next = setImmediate(function turn() {
      turns += 1
      next = setImmediate(turn)
    })
    for (let appended = 0; appended < appends; appended += 1) await addOne()
    clearImmediate(next)
    expect(transactions).toBe(appends)
    expect(turns).toBeGreaterThan(1)
    expect(turns).toBeLessThan(appends / 2)
  })

  it('share a transaction when they come from others: a chain that has ended lets nobody go ahead', async () => {
    await addOne()
    await addOne()
    const fromOthers = Array.from({ length: 20 }, () => {
      const { promise, resolve } = Promise.withResolvers<unknown>()
      setImmediate(() => resolve(addOne()))
      return promise
    })
    await Promise.all(fromOthers)
    expect(transactions).toBe(3)
  })
})

function addOne() {
  streams += 1
  const { id, type, data, metadata } = event('Noted')
  const texts = { id, type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) }
  return queue.add(append(`s-${streams}`, 'none', event('Noted')), [[texts]], undefined)
}
