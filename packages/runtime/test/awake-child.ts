import { writeSync } from 'node:fs'
import { defineMarketplace } from '@vitrine/core'
import { sqliteStore } from '@vitrine/store-sqlite'
import { people, staffOf } from '@vitrine/testing'
import { openMarketplace } from '../src/index.js'

/**
 * Waits for one thing, with nothing else that keeps it alive: `node awake-child.js FILE ready|question|close|catchUp`. The
 * notifier never answers.
 */
const [file = '', what = ''] = process.argv.slice(2)

const called = Promise.withResolvers<void>()
const hung = {
  name: 'hung',
  by: 'email' as const,
  send() {
    called.resolve()
    return new Promise<never>(() => undefined)
  },
  close: async () => undefined,
}
const market = await openMarketplace({
  rules: defineMarketplace({ baseUrl: 'https://market.example' }),
  store: sqliteStore(file),
  staff: staffOf,
  limits: { lease: 1_000, waitForView: Number.POSITIVE_INFINITY },
  notifiers: [hung],
  people: { contact: (id) => ({ email: `${id}@people.example` }), reviewers: () => [] },
  messages: { sendWithin: 1_000 },
})
const registered = await market.execute({ type: 'Register', name: 'Marsh' }, { by: people.ada })
if ('refused' in registered) throw new Error(registered.refused.message)
const { position, state } = registered
const ways: { readonly [way: string]: () => Promise<unknown> } = {
  async ready() {
    market.start()
    await market.ready()
  },
  async question() {
    market.start()
    await market.views.team.find({ where: { publisherId: state.id }, for: people.ada, after: position })
  },
  async catchUp() {
    await invited()
    await market.catchUp()
  },
  async close() {
    await invited()
    market.start()
    const alive = setInterval(() => undefined, 1_000)
    await called.promise
    clearInterval(alive)
  },
}
await ways[what]!()
await market.close()
writeSync(1, 'done\n')

/** What is told by mail, which takes the notifier. */
async function invited() {
  const invite = { type: 'InviteMember', publisherId: state.id, email: 'sam@people.example', role: 'viewer' } as const
  const answer = await market.execute(invite, { by: people.ada })
  if ('refused' in answer) throw new Error(answer.refused.message)
}
