import { eventStoreContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { paths, sizes, testServer } from './server.js'

for (const path of paths) {
  const server = await testServer(path)
  afterAll(server.stop)

  describe(`the log in EventStoreDB, appended to on the ${path} path`, () => {
    for (const { title, run } of eventStoreContract(server.newStore, sizes)) it(title, { timeout: 600_000 }, run)
  })
}
