import { keyStoreContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { freshStores } from '../test/fresh-store.js'

const { newStore, dropAll } = freshStores()
afterAll(dropAll)

describe('keys in PostgreSQL', () => {
  for (const { title, run } of keyStoreContract(() => newStore())) it(title, { timeout: 120_000 }, run)
})
