import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marketplaceModelRun } from '@vitrine/testing'
import { afterAll, expect, it } from 'vitest'
import { sqliteStore } from '../src/index.js'

const steps = Number(process.env.VITRINE_MODEL_STEPS ?? 1400)
const folder = mkdtempSync(join(tmpdir(), 'model-'))
let stores = 0

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a marketplace and a naive model never differ: random stories over SQLite', async () => {
  const newStore = () => sqliteStore(join(folder, `market-${++stores}.db`), { synchronous: 'NORMAL' })
  const run = await marketplaceModelRun(newStore, { steps })
  console.log(`Beside the model: ${JSON.stringify(run)}`)
  expect(run.steps).toBeGreaterThanOrEqual(steps)
}, 900_000)
