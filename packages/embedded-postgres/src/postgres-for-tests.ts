import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { onDemand } from './server-on-demand.js'

/**
 * The URL of a server for the tests of this workspace: `VITRINE_POSTGRES_URL`, else the one of the test run.
 * @throws Error when there is none: nothing is passed over where PostgreSQL is missing
 */
export async function postgresForTests(): Promise<string> {
  const given = process.env.VITRINE_POSTGRES_URL
  if (given) return given
  const port = Number(process.env[onDemand])
  if (!port) throw new Error(`${onDemand} is not set: run the tests by the vitest.config.ts of the workspace.`)
  const answer = JSON.parse(await text(connect(port, '127.0.0.1'))) as {
    readonly url?: string
    readonly fault?: string
  }
  if (answer.url === undefined) throw new Error(answer.fault)
  return answer.url
}
