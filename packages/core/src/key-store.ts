import { VitrineError } from './errors.js'
import type { Checkpoint } from './event-store.js'

/**
 * The storage port of the keys under which personal data are sealed, one for each subject. A key that is destroyed is
 * gone for good, and its subject never gets another one. What is destroyed must leave no trace in the store's files once
 * they were checkpointed.
 */
export interface KeyStore {
  /** The keys of these subjects, in base64. Those that were erased, and those that never had one, are absent. */
  keys(subjects: readonly string[]): Promise<ReadonlyMap<string, string>>
  /**
   * Keeps the key of a subject, durably, before anything that was sealed under it is stored. `there`: the subject has
   * another key, which stays as it was. `erased`: it was erased once, and never gets a key again.
   * @throws KeyStoreError `invalid` unless the key is base64 of 32 bytes
   */
  add(subject: string, key: string): Promise<'added' | 'there' | 'erased'>
  /**
   * Destroys the keys of these subjects, had they one or not, and notes how far the log's erasures were followed, all in
   * one transaction. Whoever calls it has destroyed, now or before, whatever the log erases up to `through`. May be
   * repeated. In one log what was noted only moves forward, so a process that follows more slowly takes nothing back; a
   * place in another log takes its place.
   */
  destroy(subjects: readonly string[], through: Checkpoint): Promise<void>
  /** How far the log's erasures were followed: after a restored backup, what comes behind it is destroyed again. */
  followed(): Promise<Checkpoint | undefined>
  /** Settles what is under way, then refuses everything with `closed`. May be called twice. */
  close(): Promise<void>
}

/** The codes of {@link KeyStoreError}. `unavailable`: the store cannot be reached now. */
export type KeyStoreErrorCode = 'invalid' | 'unavailable' | 'closed'

/** A fault of a key store. Tell them apart by `code`. No message ever holds a key. */
export class KeyStoreError extends VitrineError<KeyStoreErrorCode> {
  override readonly name = 'KeyStoreError'
}

/** @throws KeyStoreError `invalid` for a subject or a key that no store keeps. */
export function checkAdded(subject: string, key: string): void {
  checkSubject(subject)
  if (!base64Of32Bytes.test(key)) throw invalid(`The key for ${subject} is not 32 bytes in base64.`)
}

/** @throws KeyStoreError `invalid` for a subject that no store keeps, or a place that is in no log. */
export function checkDestroyed(subjects: readonly string[], through: Checkpoint): void {
  for (const subject of subjects) checkSubject(subject)
  if (Number.isSafeInteger(through.position) && through.position >= 0) return
  throw invalid(`${through.position} is no position up to which erasures were followed; a whole number from 0 is.`)
}

/** What a store notes as followed, after what it noted before: forward within one log, and whatever another log says. */
export function furthestFollowed(noted: Checkpoint | undefined, through: Checkpoint): Checkpoint {
  return noted?.logId === through.logId && noted.position > through.position ? noted : through
}

/** A closed key store says so. */
export function closedKeysError(): KeyStoreError {
  return new KeyStoreError('closed', 'The key store is closed. Open it again to go on.')
}

/** The last of 43 characters holds four bits. */
const base64Of32Bytes = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

function checkSubject(subject: string): void {
  if (/^[\x20-\x7e]{1,500}$/.test(subject)) return
  throw invalid(`${JSON.stringify(subject.slice(0, 80))} is no subject of a key: 1–500 printable ASCII characters.`)
}

function invalid(message: string): KeyStoreError {
  return new KeyStoreError('invalid', message)
}
