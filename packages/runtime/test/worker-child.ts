import { writeSync } from 'node:fs'
import { defineMarketplace } from '@vitrine/core'
import { postgresStore } from '@vitrine/store-postgres'
import { staffOf } from '@vitrine/testing'
import { openMarketplace } from '../src/index.js'

/** Runs everything in the background, in a process of its own: `node worker-child.js URL SCHEMA LEASE`. */
const [connectionString = '', schema = '', lease = ''] = process.argv.slice(2)

const market = await openMarketplace({
  rules: defineMarketplace({ baseUrl: 'https://market.example' }),
  store: postgresStore({ connectionString, schema, patience: Number(lease) }),
  staff: staffOf,
  limits: { lease: Number(lease), sweepEvery: 100 },
})
market.start()
await market.ready()
writeSync(1, 'ready\n')
setInterval(() => undefined, 1_000)
