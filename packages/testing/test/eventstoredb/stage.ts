import { EventStoreDBClient } from '@eventstore/db-client'
import type { Path } from './recorded-cases.js'

/** Where cases are played. */
export interface Stage {
  readonly connectionString: string
  /** Tells the names of this run from those of earlier ones. */
  readonly run: string
  /** A clean stop, and a start on the same log. */
  restart(): Promise<void>
  /** SIGKILL, and a start on the same log. */
  crash(): Promise<void>
}

/** What a case speaks through. */
export interface Clients {
  readonly client: EventStoreDBClient
  /** Takes a refused append for an answer. */
  readonly lenient: EventStoreDBClient
}

/** Runs with clients that nobody else uses: some answers leave a client behind that cannot be used again. */
export async function withClients<Result>(stage: Stage, run: (clients: Clients) => Promise<Result>): Promise<Result> {
  const client = EventStoreDBClient.connectionString(stage.connectionString)
  const lenient = EventStoreDBClient.connectionString(`${stage.connectionString}&throwOnAppendFailure=false`)
  try {
    return await run({ client, lenient })
  } finally {
    await Promise.all([client.dispose(), lenient.dispose()])
  }
}

/** What makes the client use the path: it leaves BatchAppend alone as soon as a call has credentials of its own. */
export function pathOptions(path: Path) {
  return path === 'plain' ? { credentials: { username: 'admin', password: 'changeit' } } : {}
}
