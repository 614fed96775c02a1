import { eventStoreContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { freshStores } from '../test/fresh-store.js'

const { newStore, dropAll } = freshStores()
afterAll(dropAll)

describe('the log in PostgreSQL', () => {
  for (const { title, run } of eventStoreContract(() => newStore())) it(title, { timeout: 120_000 }, run)
})
