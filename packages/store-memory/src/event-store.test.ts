import { eventStoreContract } from '@vitrine/testing'
import { describe, it } from 'vitest'
import { memoryStore } from './index.js'

describe('the log in memory', () => {
  for (const { title, run } of eventStoreContract(memoryStore)) it(title, run)
})
