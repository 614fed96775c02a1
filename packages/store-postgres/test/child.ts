import { writeSync } from 'node:fs'
import type { EventStore } from '@vitrine/core'
import { Client } from 'pg'
import { postgresStore } from '../src/index.js'
import { event } from './event.js'

/** What the tests run in processes of their own: `node child.js TASK URL SCHEMA NAME COUNT`. */
const tasks: { readonly [task: string]: () => Promise<void> } = {
  /** Appends to streams of its own and to one that all share, eight at a time, and says what was acknowledged. */
  append: async () => {
    const { log, close } = await open()
    await Promise.all(Array.from({ length: 8 }, (_, lane) => appendInLane(log, lane)))
    await close()
  },
  /** Publishes under a guard whenever the right is granted, until the publisher's stream says that it is over. */
  publish: async () => {
    const { log, close } = await open()
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
  /** Stores an append in a transaction that it never ends. */
  hold: async () => {
    const client = new Client(url)
    await client.connect()
    await client.query('BEGIN')
    const sql = `SELECT * FROM "${schema}".log_append(5000, '{1}', '{0}', $1, '{-1}', '{1}', $2, '{Noted}', '{"{}"}', '{"{}"}', '{}', '{}')`
    await client.query(sql, [[name], [event('Noted').id]])
    say('ready')
    setInterval(() => undefined, 1_000)
  },
  /** Leaves a reader waiting at the head: it must not keep the process alive. */
  linger: async () => {
    const { log } = await open()
    await log.append({ writes: [{ stream: name, expected: 'none', events: [event('Noted')] }] })
    const pages = log.readAll({ follow: true })[Symbol.asyncIterator]()
    await pages.next()
    void pages.next()
    say('waiting')
  },
  open: async () => {
    const store = await open()
    say(store.log.logId)
    await store.close()
  },
}

const [task = '', url = '', schema = '', name = '', text = '0'] = process.argv.slice(2)
await tasks[task]?.()

function open() {
  return postgresStore({ connectionString: url, schema, connections: 3 }).open()
}

async function appendInLane(log: EventStore, lane: number): Promise<void> {
  const stream = `${name}-${lane}`
  for (let n = 0; n < Number(text); n += 1) {
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
