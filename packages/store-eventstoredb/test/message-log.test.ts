import { messageLogContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { paths, testServer } from './server.js'

for (const path of paths) {
  const server = await testServer(path)
  afterAll(server.stop)

  describe(`the log of messages in EventStoreDB, appended to on the ${path} path`, () => {
    for (const { title, run } of messageLogContract(server.newStore)) it(title, { timeout: 240_000 }, run)
  })
}
