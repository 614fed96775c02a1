import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageLogContract } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { sqliteStore } from './index.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-messages-'))
afterAll(() => rmSync(folder, { recursive: true }))

let stores = 0
const newStore = () => {
  stores += 1
  return sqliteStore(join(folder, `${stores}.db`))
}

describe('the log of messages in SQLite', () => {
  for (const { title, run } of messageLogContract(newStore)) it(title, { timeout: 90_000 }, run)
})
