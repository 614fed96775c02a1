import { eventStoreContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { newStore, paths, sizes, testServer } from './server.js'

const server = await testServer()
afterAll(server.dispose)

for (const appends of paths) {
  describe(`the log in EventStoreDB, appended to on the ${appends} path`, () => {
    const contract = eventStoreContract(() => newStore(server.connectionString, { appends }), sizes)
    for (const { title, run } of contract) it(title, { timeout: 600_000 }, run)
  })
}
