import { messageLogContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { newStore, paths, testServer } from './server.js'

const server = await testServer()
afterAll(server.dispose)

for (const appends of paths) {
  describe(`the log of messages in EventStoreDB, appended to on the ${appends} path`, () => {
    const contract = messageLogContract(() => newStore(server.connectionString, { appends }))
    for (const { title, run } of contract) it(title, { timeout: 600_000 }, run)
  })
}
