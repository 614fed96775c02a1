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
   * another key, which stays as it was. `erased`: it had one once, and never gets one again.
   */
  add(subject: string, key: string): Promise<'added' | 'there' | 'erased'>
  /**
   * Destroys the keys of these subjects, had they one or not, and notes how far the log's erasures were followed, all in
   * one transaction. May be repeated.
   */
  destroy(subjects: readonly string[], through: Checkpoint): Promise<void>
  /** How far the log's erasures were followed: after a restored backup, what comes behind it is destroyed again. */
  followed(): Promise<Checkpoint | undefined>
  close(): Promise<void>
}

/** The codes of {@link KeyStoreError}. `unavailable`: the store cannot be reached now. */
export type KeyStoreErrorCode = 'invalid' | 'unavailable' | 'closed'

/** A fault of a key store. Tell them apart by `code`. */
export class KeyStoreError extends VitrineError<KeyStoreErrorCode> {
  override readonly name = 'KeyStoreError'
}
