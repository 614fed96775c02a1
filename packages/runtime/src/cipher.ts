import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { canonicalJson, type Sealed } from '@vitrine/core'

/** 32 random bytes, base64: the key of one subject, for AES-256-GCM and for the marks. */
export function newKey(): string {
  return randomBytes(keyBytes).toString('base64')
}

/** Whether a key store's text is a key: something else can neither seal nor open. */
export function isKey(text: string | undefined): text is string {
  return text !== undefined && Buffer.from(text, 'base64').length === keyBytes
}

/** Seals a value for a subject: nobody but who holds the key can open it, or move it to another subject. */
export function sealUnder<Plain>(key: string, subject: string, plain: Plain): Sealed<Plain> {
  const bytes = Buffer.from(key, 'base64')
  const text = canonicalJson(plain)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, bytes, nonce).setAAD(Buffer.from(subject))
  const box = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { subject, box: box.toString('base64'), mark: createHmac('sha256', bytes).update(text).digest('base64') }
}

/** What was sealed, or `undefined` when this key does not open it. */
export function unseal(key: string, { subject, box }: Sealed): { readonly plain: unknown } | undefined {
  const bytes = Buffer.from(box, 'base64')
  try {
    const decipher = createDecipheriv(algorithm, Buffer.from(key, 'base64'), bytes.subarray(0, nonceBytes))
    decipher.setAAD(Buffer.from(subject)).setAuthTag(bytes.subarray(-tagBytes))
    const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
    return { plain: JSON.parse(text.toString('utf8')) }
  } catch {
    return undefined
  }
}

const algorithm = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
