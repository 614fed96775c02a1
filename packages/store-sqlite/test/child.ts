import { writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { EventStore } from '@vitrine/core'
import { sqliteStore } from '../src/index.js'
import { event } from './event.js'

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

function onlyConflicts(fault: unknown): undefined {
  if (!(fault instanceof Error && 'code' in fault && fault.code === 'conflict')) throw fault
}

/** Written at once, so that what was said before a kill is heard. */
function say(line: string): void {
  writeSync(1, `${line}\n`)
}
