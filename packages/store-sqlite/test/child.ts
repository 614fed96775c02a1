import { writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { EventStore, KeyStore } from '@vitrine/core'
import { sqliteStore } from '../src/index.js'
import { event } from './event.js'
import { batchOf, freshKey, placeOf } from './sample-keys.js'

/** What the tests run in processes of their own: `node child.js TASK FILE NAME COUNT`. */
const tasks: { readonly [task: string]: () => Promise<void> } = {
  /** Appends to streams of its own and to one that all share, eight at a time, and says what was acknowledged. */
  append: async () => {
    const { log, close } = await sqliteStore(file).open()
    await Promise.all(Array.from({ length: 8 }, (_, lane) => appendInLane(log, lane)))
    await close()
  },
  /** Publishes under a guard whenever the right is granted, until the publisher's stream says that it is over. */
  publish: async () => {
    const { log, close } = await sqliteStore(file).open()
    say('ready')
    for (let n = 0; ; n += 1) {
      const { head, events } = await log.readStream('publisher', { backwards: true, limit: 1 })
      if (events[0]?.type === 'Closed') break
      const guards = [{ stream: 'publisher', version: head }]
      const write = { stream: `listing-${name}-${n}`, expected: 'none' as const, events: [event('Published', { n })] }
      if (events[0]?.type === 'Granted') await log.append({ writes: [write], guards }).catch(onlyConflicts)
    }
    await close()
  },
  hold: async () => {
    const database = new DatabaseSync(file)
    database.exec('BEGIN IMMEDIATE')
    say('ready')
    setTimeout(() => database.exec('ROLLBACK'), count)
  },
  open: async () => {
    const store = await sqliteStore(file).open()
    say(store.log.logId)
    await store.close()
  },
  /** Leaves a reader waiting at the head: it must not keep the process alive. */
  linger: async () => {
    const store = await sqliteStore(file).open()
    await store.log.append({ writes: [{ stream: name, expected: 'none', events: [event('Noted')] }] })
    const pages = store.log.readAll({ follow: true })[Symbol.asyncIterator]()
    await pages.next()
    void pages.next()
    say('waiting')
  },
  /** Fills a view, makes its indexes, and closes the store or leaves it open. */
  fill: async () => {
    const store = await sqliteStore(file).open()
    const table = await store.views.open({ name: 'v', version: 1, indexes: [['n']], text: false })
    const put = Array.from({ length: count }, (_, n) => ({ key: `k${n}`, document: { n, text: 'x'.repeat(1_000) } }))
    await table.write({ from: undefined, to: { logId: 'log', position: count, id: 'e' }, put, remove: [] })
    await table.finish()
    say(`${await table.count({})} live`)
    if (name === 'close') await store.close()
  },
  /** Gives subjects a key at the same moment as another process does, and says what came of it and which key is there. */
  'add-keys': async () => {
    const { keys, close } = await sqliteStore(file).open()
    for (let round = 0; round < count; round += 1) {
      await meet(keys, round)
      const answer = await keys.add(`lead-${round}`, freshKey())
      say(`${answer} ${(await keys.keys([`lead-${round}`])).get(`lead-${round}`)}`)
    }
    await close()
  },
  /** Destroys batch after batch, from where the erasures were followed, and says which it has destroyed. */
  'destroy-keys': async () => {
    const { keys, close } = await sqliteStore(file).open()
    say('ready')
    const { position } = (await keys.followed()) ?? { position: -1 }
    for (let batch = position + 1; batch < count; batch += 1) {
      await keys.destroy(batchOf(batch), placeOf(batch))
      say(String(batch))
    }
    await close()
  },
}

const [task = '', file = '', name = '', text = '0'] = process.argv.slice(2)
const count = Number(text)
await tasks[task]?.()

async function appendInLane(log: EventStore, lane: number): Promise<void> {
  const stream = `${name}-${lane}`
  for (let n = 0; n < count; n += 1) {
    const { head: own } = await log.readStream(stream, { limit: 1 })
    const { head: shared } = await log.readStream('shared', { limit: 1 })
    const data = { n, text: 'x'.repeat(200) }
    const events = [event('First', data), event('Second', data)]
    const both = [
      { stream, expected: own, events },
      { stream: 'shared', expected: shared, events: [event('Third', data)] },
    ]
    const writes = n % 4 === 0 ? both : both.slice(0, 1)
    const answer = await log.append({ writes }).catch(onlyConflicts)
    if (answer) say(`${answer.position} ${events.map(({ id }) => id).join(' ')}`)
  }
}

/** Returns when both processes are at this round; they wait for each other by keys that say so. */
async function meet(keys: KeyStore, round: number): Promise<void> {
  const both = ['one', 'two'].map((each) => `${each} is at ${round}`)
  await keys.add(`${name} is at ${round}`, freshKey())
  while ((await keys.keys(both)).size < 2) await new Promise(setImmediate)
}

function onlyConflicts(fault: unknown): undefined {
  if (!(fault instanceof Error && 'code' in fault && fault.code === 'conflict')) throw fault
}

/** Written at once, so that what was said before a kill is heard. */
function say(line: string): void {
  writeSync(1, `${line}\n`)
}
