import { type KeyStore, madeFromCommand, type Sealed, type Secret, sealPersonal } from '@vitrine/core'
import { isKey, newKey, sealUnder } from './cipher.js'
import { commandHash, sha256 } from './command-hash.js'
import { RuntimeError } from './errors.js'
import type { Sealing } from './sealing.js'
import type { Task } from './task.js'
import type { Wiring } from './wiring.js'

/**
 * The task with its personal values sealed: what is decided on, stored and logged from here on holds no plaintext. What
 * is made for it follows from who asks under which id, so that a repeat is sealed for the same subject.
 */
export async function sealTask(wiring: Wiring, task: Task): Promise<Task> {
  const { row, stream, asker, commandId } = task
  if (!row.subject) return task
  const made = { id: madeFromCommand(stream, asker.id, commandId), token: task.made.token }
  const subject = row.subject(task.command, made)
  const kept = (await wiring.keys.keys([subject])).get(subject)
  const isNew = kept === undefined && (row.begins === true || subject.endsWith(made.id))
  const known = isKey(kept) ? kept : undefined
  const sealing = { subject, isNew, key: isNew ? newKey() : known }
  const sealed = sealedBy(sealing, task)
  if (row.secret)
    return { ...task, ...sealed, made: { ...made, secret: secretOf(sealing, row.secret(made.token)) }, sealing }
  return sealed.command === task.command ? { ...task, made } : { ...task, ...sealed, made, sealing }
}

/** Keeps a new key, before what it sealed is stored. @throws RuntimeError `key-taken`, `key-missing` */
export async function keepKey({ keys }: { readonly keys: KeyStore }, { sealing, row }: Task): Promise<void> {
  if (!sealing) return
  const { subject, key, isNew } = sealing
  if (key === undefined) throw missing(row.type, subject)
  if (!isNew || (await keys.add(subject, key)) === 'added') return
  if ((await keys.keys([subject])).get(subject) === key) return
  throw new RuntimeError(
    'key-taken',
    `Another key was kept for ${subject} in the meantime; the command is sealed again.`,
  )
}

function sealedBy(sealing: Sealing, { command, asker }: Task): Pick<Task, 'command' | 'hash'> {
  // A box is another one each time that it is made: a repeat is known by the marks.
  const compared = sealPersonal(command, (plain) => ({ ...sealValue(sealing, plain), box: '' }))
  return { command: sealPersonal(command, (plain) => sealValue(sealing, plain)), hash: commandHash(compared, asker.id) }
}

function secretOf(sealing: Sealing, secret: string): Secret {
  return { hash: sha256(secret), sealed: sealValue(sealing, secret) }
}

function sealValue<Plain>({ subject, key }: Sealing, plain: Plain): Sealed<Plain> {
  return key === undefined ? { subject, box: '', mark: '' } : sealUnder(key, subject, plain)
}

function missing(type: string, subject: string): RuntimeError {
  const message = `${type} would store personal data of ${subject}, for which the key store holds no key of 32 bytes. Restore the keys.`
  return new RuntimeError('key-missing', message, { subject })
}
