import { randomBytes } from 'node:crypto'
import { runEventStoreDb, spawnEventStoreDb } from '../../src/eventstoredb-server.js'
import type { Stage } from './stage.js'

/** A stage, and what ends it. */
export interface OpenStage extends Stage {
  close(): Promise<void>
}

const url = process.env.VITRINE_EVENTSTOREDB_URL
const command = process.env.VITRINE_EVENTSTOREDB_START

/** Whether the server can be killed: ours always, a real one when there is a command that starts it. */
export const canRestart = url === undefined || command !== undefined

/** The wire-level server in a process of its own, or the real one that the environment names. */
export async function openStage(): Promise<OpenStage> {
  const run = randomBytes(4).toString('hex')
  if (url !== undefined && command === undefined) return { connectionString: url, run, ...cannotRestart }
  const server = url === undefined ? await spawnEventStoreDb() : await runEventStoreDb(url, command ?? '')
  const again = (end: () => Promise<void>) => () => end().then(server.start)
  return {
    connectionString: server.connectionString,
    run,
    restart: again(server.stop),
    crash: again(server.kill),
    close: server.dispose,
  }
}

const cannotRestart = {
  restart: () => Promise.reject(new Error('VITRINE_EVENTSTOREDB_START must name a command that starts the server')),
  crash: () => Promise.reject(new Error('VITRINE_EVENTSTOREDB_START must name a command that starts the server')),
  close: async () => {},
}
