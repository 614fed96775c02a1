import { closedError, type MessageLog, type StreamAtVersion } from '@vitrine/core'
import { takeLock } from './append-function.js'
import { postgresEventStore } from './event-store.js'
import { translated } from './faults.js'
import type { LogTables } from './log-tables.js'

/** Streams that one transaction forgets, so that no append waits for long. */
const atOnce = 50

/** An event store that may forget whole streams: by the one way in which events are erased, with the reason on record. */
export function postgresMessageLog(tables: LogTables): MessageLog {
  const events = postgresEventStore(tables)
  const { database, own } = tables
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false

  const forgetSome = async (some: readonly StreamAtVersion[]) => {
    const values = [database.patience, some.map(({ stream }) => stream), some.map(({ version }) => version)]
    const gone = await database.ask(`SELECT ${own}_forget($1, $2, $3) AS stream`, values)
    return gone.map(({ stream }) => stream!)
  }

  const forgetAll = async (streams: readonly StreamAtVersion[]) => {
    const gone: string[] = []
    for (let from = 0; from < streams.length; from += atOnce) {
      gone.push(...(await forgetSome(streams.slice(from, from + atOnce))))
    }
    return gone
  }

  return {
    ...events,
    forget: async (streams) => {
      if (isClosed) throw closedError()
      const answer = translated(database.where, () => forgetAll([...streams]))
      underWay.add(answer)
      return answer.finally(() => underWay.delete(answer))
    },
    close: async () => {
      isClosed = true
      await Promise.allSettled(underWay)
      await events.close()
    },
  }
}

/**
 * Forgets streams under the lock of appends, each if it stands at its version, and gives the names of those that are gone.
 * One more version is used up, so that nobody writes behind what is gone.
 */
export function forgetFunction(schema: string, log: string): string {
  const own = `${schema}.${log}`
  return `
  CREATE FUNCTION ${own}_forget(p_patience integer, p_streams text[], p_versions bigint[])
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE AS $$
  DECLARE
    v_stream bigint;
    v_version bigint;
  BEGIN
    ${takeLock(own)}
    FOR n IN 1 .. cardinality(p_streams) LOOP
      SELECT s.id, s.version INTO v_stream, v_version FROM ${own}_streams s WHERE s.name = p_streams[n];
      CONTINUE WHEN NOT FOUND;
      IF EXISTS (SELECT FROM ${own}_events e WHERE e.stream = v_stream) THEN
        CONTINUE WHEN v_version <> p_versions[n];
        INSERT INTO ${own}_erasures (position, id, reason)
          SELECT e.position, e.id, 'kept for long enough' FROM ${own}_events e WHERE e.stream = v_stream;
        DELETE FROM ${own}_events e WHERE e.stream = v_stream;
        UPDATE ${own}_streams s SET version = s.version + 1 WHERE s.id = v_stream;
      END IF;
      RETURN NEXT p_streams[n];
    END LOOP;
  END $$;
`
}
