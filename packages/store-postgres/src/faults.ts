import { KeyStoreError, StoreError, ViewStoreError, VitrineError } from '@vitrine/core'

/** What the codes of PostgreSQL mean for who called, longer ones first. */
const sentences: readonly (readonly [code: string, sentence: string])[] = [
  [
    '08P01',
    'was reached by a proxy that breaks transactions. Let PgBouncer pool transactions or sessions, not statements',
  ],
  ['25001', 'gave a connection on which READ COMMITTED is not the isolation of transactions. Take that setting back'],
  ['25006', 'can only be read by this user. Give it the right to write'],
  ['25P03', 'ended a transaction in which this process stood still for too long. Try again'],
  ['28', 'refused the user or the password'],
  ['3D000', 'has no such database. Create it'],
  ['40', 'undid the transaction because of another one. Try again'],
  ['42501', 'denied this user the right to do so. Give it the rights to the schema'],
  ['53100', 'could not grow: the disk is full'],
  ['53300', 'has no free connection. Raise max_connections, or let the pools be smaller'],
  ['55P03', 'was held by another writer for too long. Try again; a transaction that never ends holds up all others'],
  ['57014', 'cancelled the call: it took longer than its statement_timeout, or somebody asked for it'],
  ['57P', 'is stopping or starting. Try again'],
  ['58', 'could not read or write its files. Look at the disk'],
]

/** Runs a call of the log; what PostgreSQL or its driver throws comes out as a StoreError. */
export async function translated<Answer>(where: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (fault) {
    throw storeFault(where, fault)
  }
}

/** Runs a call of a view store; what PostgreSQL or its driver throws comes out as a ViewStoreError. */
export async function translatedForViews<Answer>(where: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof ViewStoreError) throw cause
    throw new ViewStoreError('unavailable', sentenceFor(where, cause), { cause })
  }
}

/** Whether a view's call failed since a table was not there. */
export function lacksTable(fault: unknown): boolean {
  return fault instanceof ViewStoreError && sqlStateOf(fault.cause) === '42P01'
}

/** Runs a call of a key store; what PostgreSQL or its driver throws comes out as a KeyStoreError. */
export async function translatedForKeys<Answer>(where: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof KeyStoreError) throw cause
    throw new KeyStoreError('unavailable', sentenceFor(where, cause), { cause })
  }
}

export function storeFault(where: string, cause: unknown): Error {
  if (cause instanceof VitrineError) return cause
  const state = sqlStateOf(cause)
  if (state === '22003') {
    return new StoreError('invalid', `${where} would have to hold a number beyond 2^53.`, { cause })
  }
  if (state !== undefined && missing.test(state)) return schemaFault(where, cause)
  return new StoreError('unavailable', sentenceFor(where, cause), { cause })
}

/** What an append met once it was sent: while the connection was lost, it may have been stored. */
export function appendFault(where: string, cause: unknown): Error {
  if (!isLost(cause)) return storeFault(where, cause)
  const sentence = `The connection was lost while an append was under way; look what is there. ${sentenceFor(where, cause)}`
  return new StoreError('unknown-outcome', sentence, { cause })
}

/** What a schema lacks that this code needs. */
export function schemaFault(where: string, cause: unknown): StoreError {
  const sentence = `${where} lacks tables of this version (${reasonOf(cause)}). Open it once with the right to make them.`
  return new StoreError('schema-missing', sentence, { cause })
}

/** Whether a connection can no longer be used: it ended, or an answer is still to come on it. */
export function isLost(fault: unknown): boolean {
  if (fault instanceof VitrineError) return false
  const state = sqlStateOf(fault)
  return state === undefined || /^(08|57P|25P03|40003)/.test(state)
}

/** The code of an error that the server gave, as in the appendix of PostgreSQL's manual. */
export function sqlStateOf(fault: unknown): string | undefined {
  if (!(fault instanceof Error) || !('code' in fault) || typeof fault.code !== 'string') return undefined
  return 'severity' in fault ? fault.code : undefined
}

/** Tables, functions and schemas that are not there. */
const missing = /^(42P01|42883|3F000)$/

function sentenceFor(where: string, fault: unknown): string {
  if (fault instanceof VitrineError) return fault.message
  const state = sqlStateOf(fault) ?? ''
  const found = sentences.find(([code]) => state.startsWith(code))
  return `${where} ${found?.[1] ?? 'could not be reached, or not be used'} (${reasonOf(fault)}).`
}

function reasonOf(fault: unknown): string {
  return fault instanceof Error ? fault.message || fault.name : String(fault)
}
