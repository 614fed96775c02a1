import { messageLogContract } from '@vitrine/testing'
import { describe, it } from 'vitest'
import { memoryStore } from './index.js'

describe('the log of messages in memory', () => {
  for (const { title, run } of messageLogContract(memoryStore)) it(title, run)
})
