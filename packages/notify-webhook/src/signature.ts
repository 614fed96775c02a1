import { createHmac } from 'node:crypto'

const prefix = 'whsec_'

/**
 * The keys that secrets hold (Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes), in their order, or a sentence on
 * what is wrong. It never repeats a secret.
 */
export function keysOf(secrets: readonly string[]): readonly Buffer[] | string {
  if (secrets.length === 0) return 'The endpoint has no secret to sign with.'
  const keys = secrets.map(keyOf)
  const bad = keys.indexOf(undefined)
  if (bad < 0) return keys.filter((key) => key !== undefined)
  return `Secret ${bad + 1} of ${secrets.length} is malformed: whsec_ and base64 of 24 to 64 bytes were expected.`
}

/**
 * The three headers of Standard Webhooks 1.0 over exactly these bytes: one signature for each key, so that receivers go
 * on verifying while a secret is rotated. `at` is the time of this attempt, in milliseconds.
 */
export function signedHeaders(id: string, at: number, body: Buffer, keys: readonly Buffer[]) {
  const timestamp = String(Math.floor(at / 1000))
  const signature = (key: Buffer) =>
    `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': keys.map(signature).join(' '),
  }
}

function keyOf(secret: string): Buffer | undefined {
  const text = secret.slice(prefix.length)
  const key = Buffer.from(text, 'base64')
  const isWell = secret.startsWith(prefix) && key.toString('base64') === text && key.length >= 24 && key.length <= 64
  return isWell ? key : undefined
}
