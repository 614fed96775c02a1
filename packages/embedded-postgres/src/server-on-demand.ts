import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type PostgresServer, startPostgres } from './start-postgres.js'

/** The port, on this machine, where the processes of a test run ask for their server. */
export const onDemand = 'VITRINE_POSTGRES_ON_DEMAND'

/**
 * For vitest's `globalSetup`: one server for a whole test run, started when the first test file asks for it. What it gives
 * ends the server.
 */
export default async function serverOnDemand(): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined
  const asked = createServer((socket) => {
    starting ??= startPostgres()
    starting.then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (fault: unknown) => socket.end(JSON.stringify({ fault: String(fault) })),
    )
    socket.on('error', () => undefined)
  })
  asked.listen(0, '127.0.0.1').unref()
  await once(asked, 'listening')
  process.env[onDemand] = String((asked.address() as AddressInfo).port)
  return async () => {
    asked.close()
    const server = await starting?.catch(() => undefined)
    await server?.close()
  }
}
