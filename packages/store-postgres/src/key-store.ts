import {
  type Checkpoint,
  checkAdded,
  checkDestroyed,
  closedKeysError,
  furthestFollowed,
  type KeyStore,
} from '@vitrine/core'
import type { Ask, Database } from './database.js'
import { translatedForKeys } from './faults.js'
import { whole } from './stored-event.js'

/**
 * The keys, in a table of their own. PostgreSQL overwrites nothing: a key that was destroyed can be read by no statement any
 * more, but stays in the table's file until that is written anew. That is done right after; while somebody reads the
 * keys, or this user does not own the table, it is tried again when the next key is destroyed, and when a store is opened or
 * closed.
 */
export function postgresKeyStore(database: Database): KeyStore {
  const { schema, where, ask } = database
  const underWay = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  const run = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    if (closing) throw closedKeysError()
    const answer = translatedForKeys(where, call)
    underWay.add(answer)
    return answer.finally(() => underWay.delete(answer))
  }

  return {
    keys: (subjects) => run(() => keysOf(ask, schema, subjects)),
    add: (subject, key) =>
      run(async () => {
        checkAdded(subject, key)
        return added(ask, schema, subject, key)
      }),
    destroy: (subjects, through) =>
      run(async () => {
        checkDestroyed(subjects, through)
        const [named, place] = [[...new Set(subjects)], { ...through }]
        await database.transaction((ask) => destroy(ask, schema, named, place))
        await wipe(database)
      }),
    followed: () => run(() => followed(ask, schema)),
    close: () => {
      closing ??= Promise.allSettled(underWay).then(() => wipe(database))
      return closing
    },
  }
}

/** Milliseconds for which nobody else gets at the keys while the table waits to be written anew. */
const standstill = 200

/** Writes the table of keys anew without what is dead in it, if anything may be. */
export async function wipe({ schema, sending }: Database): Promise<void> {
  await sending(async (ask) => {
    if (await isWiped(ask, schema)) return
    await ask(`SET lock_timeout = ${standstill}`)
    try {
      await ask(`VACUUM (FULL) ${schema}.keys`)
    } finally {
      await ask('RESET lock_timeout')
    }
  }).catch(() => undefined)
}

/** `VACUUM FULL` keeps what transactions that began earlier may still read, and notes from when on nothing was kept. */
async function isWiped(ask: Ask, schema: string): Promise<boolean> {
  const [found] = await ask(
    `SELECT age(d.xmin) <= age(c.relfrozenxid) AS dirty FROM ${schema}.keys_destroyed d, pg_class c
     WHERE c.oid = to_regclass($1)`,
    [`${schema}.keys`],
  )
  return found?.dirty !== 't'
}

async function keysOf(ask: Ask, schema: string, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = subjects.filter((subject) => subject.isWellFormed() && !subject.includes('\0'))
  const sql = `SELECT subject, encode(key, 'base64') AS key FROM ${schema}.keys WHERE subject = ANY ($1) AND key IS NOT NULL`
  const rows = await ask(sql, [asked])
  return new Map(rows.map(({ subject, key }) => [subject!, key!]))
}

async function added(ask: Ask, schema: string, subject: string, key: string): Promise<'added' | 'there' | 'erased'> {
  const insert = `INSERT INTO ${schema}.keys VALUES ($1, decode($2, 'base64')) ON CONFLICT DO NOTHING RETURNING true`
  if ((await ask(insert, [subject, key])).length > 0) return 'added'
  const [held] = await ask(`SELECT key IS NULL AS erased FROM ${schema}.keys WHERE subject = $1`, [subject])
  return held?.erased === 't' ? 'erased' : 'there'
}

/** The place is locked first, so that of two at once the second sees what the first has noted. */
async function destroy(ask: Ask, schema: string, subjects: readonly string[], through: Checkpoint): Promise<void> {
  const noted = await followed(ask, schema, 'FOR UPDATE')
  const erase = `INSERT INTO ${schema}.keys SELECT unnest($1::text[]), NULL
    ON CONFLICT (subject) DO UPDATE SET key = NULL WHERE keys.key IS NOT NULL`
  await ask(erase, [subjects])
  const { logId, position, id } = furthestFollowed(noted, through)
  await ask(`UPDATE ${schema}.keys_followed SET log = $1, position = $2, event = $3`, [logId, position, id])
  if (subjects.length === 0) return
  await ask(
    `INSERT INTO ${schema}.keys_destroyed DEFAULT VALUES ON CONFLICT (one) DO UPDATE SET times = keys_destroyed.times + 1`,
  )
}

async function followed(ask: Ask, schema: string, how = ''): Promise<Checkpoint | undefined> {
  const [row] = await ask(`SELECT log, position, event FROM ${schema}.keys_followed ${how}`)
  if (row?.log == null) return undefined
  return { logId: row.log, position: whole(row.position), id: row.event! }
}
