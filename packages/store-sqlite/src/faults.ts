import { KeyStoreError, StoreError, ViewStoreError, VitrineError } from '@vitrine/core'

const sentences: { readonly [code: number]: string } = {
  5: 'was held by another process for too long. Try again; a writer that never ends holds up all others',
  6: 'is in use by an unfinished reading. Try again',
  8: 'can only be read here. Give this process the right to write the file and its folder',
  10: 'could not be read or written. Look at the disk',
  11: 'is damaged. Restore it from a backup',
  13: 'could not grow: the disk is full',
  14: 'could not be opened. Look at the path and at the rights to the file and its folder',
  26: 'is no SQLite database',
}

/** Whether somebody else holds the lock, so that trying again may help. */
export function isBusy(fault: unknown): boolean {
  return codeOf(fault) === 5
}

/** Whether a row was not written because an index holds its like. */
export function breaksIndex(fault: unknown): boolean {
  return codeOf(fault) === 19
}

/** Runs a call of the log; what SQLite throws comes out as a StoreError. */
export async function translated<Answer>(file: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (fault) {
    throw storeFault(file, fault)
  }
}

/** Runs a call of a view store; what SQLite throws comes out as a ViewStoreError. */
export async function translatedForViews<Answer>(file: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof ViewStoreError) throw cause
    throw new ViewStoreError('unavailable', sentenceFor(file, cause), { cause })
  }
}

/** Runs a call of a key store; what SQLite throws comes out as a KeyStoreError. */
export async function translatedForKeys<Answer>(file: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof KeyStoreError) throw cause
    const sentence = cause instanceof VitrineError ? cause.message : sentenceFor(file, cause)
    throw new KeyStoreError('unavailable', sentence, { cause })
  }
}

export function storeFault(file: string, cause: unknown): Error {
  if (cause instanceof VitrineError) return cause
  if (cause instanceof RangeError) {
    return new StoreError('invalid', `${file} holds a number beyond 2^53, which cannot be held exactly.`, { cause })
  }
  return new StoreError('unavailable', sentenceFor(file, cause), { cause })
}

function sentenceFor(file: string, fault: unknown): string {
  const reason = fault instanceof Error ? fault.message : String(fault)
  return `${file} ${sentences[codeOf(fault) ?? 0] ?? 'could not be used'} (${reason}).`
}

/** SQLite's primary result code: the lower byte of the extended one. */
function codeOf(fault: unknown): number | undefined {
  if (!(fault instanceof Error) || !('errcode' in fault) || typeof fault.errcode !== 'number') return undefined
  return fault.errcode & 0xff
}
