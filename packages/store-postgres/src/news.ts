import { Client } from 'pg'
import { awake } from './awake.js'
import type { Database } from './database.js'

/** Whoever waits for something new in a log is woken here: a hint only, for whoever waits also looks. */
export interface News {
  /** Another number whenever something was heard. */
  beat(): number
  readonly watching: Set<() => void>
  /** Something was stored by this process: tells it here at once, and others within moments. */
  announce(): void
  /** Whether others are heard; the first one to ask makes it so. */
  listen(): boolean
  close(): Promise<void>
}

/** Milliseconds between two words to other processes, and before listening is tried again. */
const betweenWords = 25
const beforeRetry = 2_000

export function newsOf({ pool, sending }: Database, channel: string): News {
  const watching = new Set<() => void>()
  let beats = 0
  let saying: NodeJS.Timeout | undefined
  let said = 0
  let ear: Client | undefined
  let hears = false
  let deafUntil = 0
  let closed = false

  const wake = () => {
    beats += 1
    for (const notice of watching) notice()
  }

  const say = () => {
    saying = undefined
    said = performance.now()
    // In no transaction of an append: at its commit it would wait for those of all other databases that say something.
    const words = `BEGIN; SET LOCAL synchronous_commit = off; NOTIFY ${channel}; COMMIT`
    sending((ask) => ask(words).catch(() => ask('ROLLBACK'))).catch(() => undefined)
  }

  const stopListening = () => {
    const old = ear
    ear = undefined
    hears = false
    deafUntil = performance.now() + beforeRetry
    old?.end().catch(() => undefined)
  }

  const startListening = async () => {
    const client = new Client(pool.options)
    ear = client
    client.on('error', stopListening)
    client.on('end', stopListening)
    client.on('notification', () => {
      hears = true
      wake()
    })
    await client.connect()
    ;(client as Client & { unref(): void }).unref()
    // Behind a proxy that lends connections nothing is heard. So it hears only once it has heard itself.
    await client.query(`LISTEN ${channel}`)
    await client.query(`NOTIFY ${channel}`)
  }

  return {
    beat: () => beats,
    watching,
    announce: () => {
      wake()
      saying ??= setTimeout(say, Math.max(said + betweenWords - performance.now(), 0)).unref()
    },
    listen: () => {
      if (!ear && !closed && performance.now() >= deafUntil) startListening().catch(stopListening)
      return hears
    },
    close: async () => {
      closed = true
      clearTimeout(saying)
      if (saying) await sending((ask) => ask(`NOTIFY ${channel}`)).catch(() => undefined)
      if (ear) await awake(ear.end()).catch(() => undefined)
    },
  }
}
