import { DatabaseSync } from 'node:sqlite'

/** The bare limit of a replay: pages by position, and everything in them parsed. Gives how many events there were. */
export function readPages(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true })
  const page = database.prepare(
    `SELECT e.position, e.version, e.id, s.name AS stream, t.name AS type, e.data, e.metadata
     FROM events e CROSS JOIN streams s ON s.id = e.stream CROSS JOIN types t ON t.id = e.type
     WHERE e.position > ? ORDER BY e.position LIMIT 1000`,
  )
  let events = 0
  for (let after = 0; ; ) {
    const rows = page.all(after)
    for (const row of rows) {
      const data: unknown = JSON.parse(String(row.data))
      const metadata: unknown = JSON.parse(String(row.metadata))
      if (data !== null && metadata !== null) events += 1
    }
    if (rows.length < 1000) break
    after = Number(rows.at(-1)?.position)
  }
  database.close()
  return events
}
