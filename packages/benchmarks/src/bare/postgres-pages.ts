import { Client } from 'pg'

/** The bare limit of a replay: pages by position, and everything in them parsed. Gives how many events there were. */
export async function readPages(url: string, schema: string): Promise<number> {
  const client = new Client(url)
  await client.connect()
  const text = `SELECT e.position, e.version, e.id, s.name AS stream, t.name AS type, e.data, e.metadata
    FROM ${schema}.log_events e JOIN ${schema}.log_streams s ON s.id = e.stream JOIN ${schema}.log_types t ON t.id = e.type
    WHERE e.position > $1 ORDER BY e.position LIMIT 1000`
  let events = 0
  for (let after = 0; ; ) {
    const { rows } = await client.query<{ position: string; data: string; metadata: string }>({
      name: 'page',
      text,
      values: [after],
    })
    for (const row of rows) {
      const data: unknown = JSON.parse(row.data)
      const metadata: unknown = JSON.parse(row.metadata)
      if (data !== null && metadata !== null) events += 1
    }
    if (rows.length < 1000) break
    after = Number(rows.at(-1)?.position)
  }
  await client.end()
  return events
}
