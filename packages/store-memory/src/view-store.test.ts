import { viewStoreContract } from '@vitrine/testing'
import { describe, it } from 'vitest'
import { memoryStore } from './index.js'

describe('views in memory', () => {
  for (const { title, run } of viewStoreContract(memoryStore)) it(title, run)
})
