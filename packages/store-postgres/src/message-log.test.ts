import { messageLogContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { freshStores } from '../test/fresh-store.js'

const { newStore, dropAll } = freshStores({ prepared: false })
afterAll(dropAll)

describe('the log of messages in PostgreSQL', () => {
  for (const { title, run } of messageLogContract(() => newStore())) it(title, { timeout: 120_000 }, run)
})
