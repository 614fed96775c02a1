import { existsSync, writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { defineMarketplace } from '@vitrine/core'
import { sqliteStore } from '@vitrine/store-sqlite'
import { openMarketplace } from '../src/index.js'
import { receiver } from './receiver.js'
import { mailboxes, tell, tellEach } from './tell.js'

/**
 * Tells whatever there is to tell in a file, in a process of its own: `node deliver-child.js FILE RECEIVED WITHIN`. With
 * `calmly`, the receiver takes whatever comes, and is told of each revision.
 */
const [file = '', received = '', within = '', calmly] = process.argv.slice(2)

const market = await openMarketplace({
  rules: defineMarketplace({ baseUrl: 'https://market.example' }),
  store: sqliteStore(file),
  staff: () => undefined,
  limits: { lease: 0 },
  policies: [calmly ? tellEach : tell],
  people: mailboxes,
  notifiers: [receiver(received, calmly ? () => 0.5 + Math.random() / 2 : Math.random)],
  messages: { sendWithin: Number(within), firstPause: 20, longestPause: 50, attempts: 100_000 },
})
market.start()
writeSync(1, 'ready\n')
while (!(await isDone())) await pause(20)
await market.close()

/** Somebody has said, by a file, that nothing more comes; and everything has been told. */
async function isDone(): Promise<boolean> {
  if (!existsSync(`${received}.end`)) return false
  const { policies, messages } = await market.health()
  const isBehind = [...policies, messages.view].some(({ lag }) => lag.events > 0)
  return !isBehind && messages.due + messages.underWay + messages.waiting === 0
}
