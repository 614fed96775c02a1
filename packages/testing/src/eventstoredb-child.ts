import { type EventStoreDbOptions, startEventStoreDb } from './eventstoredb/start-eventstoredb.js'
import type { Fault } from './eventstoredb/wire/faults.js'

/** What the process that started this one asks of it; each is answered by `done`. */
export type Request = { readonly begin: Fault } | { readonly end: true } | { readonly drop: true }

/** What this process says: the port on which it listens, or that a request was fulfilled. */
export type Reply = { readonly port: number } | { readonly done: true }

const server = await startEventStoreDb(JSON.parse(process.argv[2] ?? '{}') as EventStoreDbOptions)

process.on('message', (request: Request) => {
  fulfil(request)
  say({ done: true })
})
process.once('SIGTERM', () => void stop())
process.once('disconnect', () => process.exit(1))
say({ port: server.port })

function fulfil(request: Request): void {
  if ('begin' in request) server.faults.begin(request.begin)
  else if ('end' in request) server.faults.end()
  else server.faults.dropConnections()
}

async function stop(): Promise<void> {
  await server.stop()
  process.exit(0)
}

function say(reply: Reply): void {
  process.send?.(reply)
}
