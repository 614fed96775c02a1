import { keyStoreContract } from '@vitrine/testing'
import { describe, it } from 'vitest'
import { memoryStore } from './index.js'

describe('keys in memory', () => {
  for (const { title, run } of keyStoreContract(memoryStore)) it(title, run)
})
