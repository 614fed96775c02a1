import type { Pool, PoolClient } from 'pg'
import { clientOf } from './client.js'
import { isLost } from './faults.js'

/** A row as the server wrote it: no parser of numbers or dates has seen it, whatever the process has set for others. */
export type Row = Readonly<Record<string, string | null>>

/** A value of a statement. A list becomes an array. */
export type Value = string | number | boolean | null | Buffer | readonly (string | number | Buffer | null)[]

/** Asks one question, and gives its rows. One that is asked again and again, with values, is prepared. */
export type Ask = (sql: string, values?: readonly Value[], prepare?: boolean) => Promise<readonly Row[]>

/** The tables of one tenant. Every call ends within a bound of time, and gives its connection back. */
export interface Database {
  /** Host, database and schema, for sentences. */
  readonly where: string
  /** The schema's name, quoted. */
  readonly schema: string
  /** Milliseconds that a call waits: for a connection, for a lock, and for an answer. */
  readonly patience: number
  readonly pool: Pool
  readonly ask: Ask
  /** A connection is had first, then what is to be asked: so that it is known whether anything was sent. */
  sending<Answer>(send: (ask: Ask) => Promise<Answer>): Promise<Answer>
  /** Runs the work in a transaction; an exception undoes it. */
  transaction<Answer>(work: (ask: Ask) => Promise<Answer>, how?: TransactionOptions): Promise<Answer>
  /** Resolves when no call is under way. */
  settled(): Promise<void>
}

export interface TransactionOptions {
  /** `false`: what a crash of the server takes can be had again. */
  readonly durable?: boolean
}

export function database(pool: Pool, where: string, name: string, patience: number, prepared: boolean): Database {
  const underWay = new Set<Promise<unknown>>()

  const sending = <Answer>(send: (ask: Ask) => Promise<Answer>) => {
    const answer = holding(pool, patience, (held) => send(asking(held, patience, prepared)))
    underWay.add(answer)
    return answer.finally(() => underWay.delete(answer))
  }

  return {
    where,
    schema: quoted(name),
    patience,
    pool,
    sending,
    ask: (...question) => sending((ask) => ask(...question)),
    transaction: (work, how = {}) => sending((ask) => between(ask, work, beginning(patience, how))),
    settled: async () => {
      await Promise.allSettled(underWay)
    },
  }
}

/** A name as it stands in SQL. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Gives the connection back; one that is lost, or on which an answer is still to come, is not used again. */
async function holding<Answer>(pool: Pool, patience: number, work: (held: Held) => Promise<Answer>) {
  const client = await clientOf(pool, patience)
  const held: Held = { client, broken: false }
  const lost = () => {
    held.broken = true
  }
  client.on('error', lost)
  try {
    return await work(held)
  } finally {
    client.removeListener('error', lost)
    client.release(held.broken)
  }
}

interface Held {
  readonly client: PoolClient
  broken: boolean
}

const asText = { getTypeParser: () => (text: string) => text }
const names = new Map<string, string>()

function asking(held: Held, patience: number, prepared: boolean): Ask {
  return async (text, values, prepare = true) => {
    const config = { text, types: asText, query_timeout: patience + grace, ...(values && { values: [...values] }) }
    try {
      const named = prepared && prepare && values ? { ...config, name: nameOf(text) } : config
      return (await held.client.query<Record<string, string | null>>(named)).rows
    } catch (fault) {
      held.broken ||= isLost(fault)
      throw fault
    }
  }
}

/** The server itself gives up first, so that what came of a call is known. */
const grace = 3_000

/** A statement is prepared once on each connection, under a name of its own. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `vitrine_${names.size}`
  names.set(text, name)
  return name
}

/** A process that stands still in the middle of a transaction loses it, so that others may go on. */
function beginning(patience: number, { durable = true }: TransactionOptions): string {
  return [
    'BEGIN ISOLATION LEVEL READ COMMITTED',
    `SET LOCAL lock_timeout = ${patience}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${patience}`,
    ...(durable ? [] : ['SET LOCAL synchronous_commit = off']),
  ].join('; ')
}

async function between<Answer>(ask: Ask, work: (ask: Ask) => Promise<Answer>, begin: string): Promise<Answer> {
  await ask(begin)
  try {
    const answer = await work(ask)
    await ask('COMMIT')
    return answer
  } catch (fault) {
    await ask('ROLLBACK').catch(() => undefined)
    throw fault
  }
}
