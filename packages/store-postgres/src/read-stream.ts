import type { StreamPage, StreamPlan } from '@vitrine/core'
import type { Database } from './database.js'
import { eventColumns, storedEvent, whole } from './stored-event.js'

/** Head and events come from one statement, so that they fit each other. */
export async function readStream(
  { ask }: Database,
  own: string,
  stream: string,
  { from, limit, backwards }: StreamPlan,
): Promise<StreamPage> {
  const rows = await ask(statement(own, backwards), [stream, from, limit + 1])
  const [first] = rows
  if (first === undefined) return { head: 'none', events: [], atEnd: true }
  const found = rows.filter(({ id }) => id !== null)
  return { head: whole(first.head), events: found.slice(0, limit).map(storedEvent), atEnd: found.length <= limit }
}

function statement(own: string, backwards: boolean): string {
  const [bound, order] = backwards ? ['<=', 'DESC'] : ['>=', 'ASC']
  return `SELECT s.version AS head, ${eventColumns}
    FROM ${own}_streams s
    LEFT JOIN LATERAL (
      SELECT * FROM ${own}_events WHERE stream = s.id AND version ${bound} $2 ORDER BY version ${order} LIMIT $3
    ) e ON true
    LEFT JOIN ${own}_types t ON t.id = e.type
    WHERE s.name = $1 ORDER BY e.version ${order}`
}
