import { viewStoreContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { freshStores } from '../test/fresh-store.js'

const { newStore, dropAll } = freshStores()
afterAll(dropAll)

describe('views in PostgreSQL', () => {
  for (const { title, run } of viewStoreContract(() => newStore())) it(title, { timeout: 120_000 }, run)
})
