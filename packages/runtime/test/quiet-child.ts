import { writeSync } from 'node:fs'

/**
 * Has a marketplace do what it does over a file, and says what that left in its process: `node quiet-child.js FILE`. What
 * it says is one line; whatever else comes out was printed by the library.
 */
const [file = ''] = process.argv.slice(2)
const read: string[] = []
const { env } = process
process.env = new Proxy(env, {
  get(all, name: string) {
    read.push(name)
    return all[name]
  },
})
const before = { events: listeners(), globals: Object.getOwnPropertyNames(globalThis) }
const [{ sqliteStore }, { openMarketplace }, { defineMarketplace }] = await Promise.all([
  import('@vitrine/store-sqlite'),
  import('../src/index.js'),
  import('@vitrine/core'),
])
const readAtImport = [...read]

let exits = 0
process.exit = (() => {
  exits += 1
}) as typeof process.exit
const market = await openMarketplace({
  rules: defineMarketplace({ baseUrl: 'https://market.example' }),
  store: sqliteStore(file),
  staff: () => undefined,
})
market.start()
const by = { id: 'u-ada', name: 'Ada Marsh' }
const [done, refused] = [
  await market.execute({ type: 'Register', name: 'Marsh' }, { by }),
  await market.execute({ type: 'Register', name: '' }, { by }),
]
await market.ready()
const whileOpen = listeners()
await market.close()

const globals = Object.getOwnPropertyNames(globalThis).filter((name) => !before.globals.includes(name))
const isDone = 'events' in done && 'refused' in refused
writeSync(
  1,
  `${JSON.stringify({ isDone, readAtImport, exits, before: before.events, whileOpen, after: listeners(), globals })}\n`,
)

function listeners(): readonly (readonly [string, number])[] {
  return process.eventNames().map((name) => [String(name), process.listenerCount(name)] as const)
}
