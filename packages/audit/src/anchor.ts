import { createPublicKey, type KeyObject, sign, verify as verifySignature } from 'node:crypto'
import { canonicalJson, VitrineError } from '@vitrine/core'
import * as z from 'zod'
import type { Audited, Watching } from './audited.js'
import { type LogHeads, logHeads } from './log-heads.js'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const format = 'vitrine-anchor-1'
const anchorShape = z.strictObject({
  format: z.literal(format),
  logId: z.string(),
  /** UTC instant at which it was made. */
  at: z.iso.datetime(),
  /** It covers so many events, from the first one on, of so many streams. */
  events: z.int().nonnegative(),
  streams: z.int().nonnegative(),
  /** SHA-256 over all heads, see {@link LogHeads}. */
  root: hex,
  /** Every stream with version and seal of its last event, where it was asked for: then what is missing is named. */
  heads: z.array(z.tuple([z.string(), z.int().nonnegative(), hex])).optional(),
  /** Ed25519, SPKI in DER, base64. */
  publicKey: z.base64(),
  /** Ed25519 over the canonical JSON (RFC 8785) of all other fields, base64. */
  signature: z.base64(),
})

/** How a whole log stood, signed: kept elsewhere, it shows later what was cut off, taken away or made anew since. */
export type Anchor = z.output<typeof anchorShape>

export interface Anchoring extends Watching {
  /** An Ed25519 private key. */
  readonly privateKey: KeyObject
  /** When it is made. */
  readonly now: Date
  /** Whether it lists every head, which makes it as long as there are streams. */
  readonly withHeads?: boolean
}

/**
 * Reads a whole log and signs how it stands.
 * @throws StoreError when the log cannot be read · VitrineError `invalid-key`
 */
export async function anchorOf(
  { log }: Pick<Audited, 'log'>,
  { privateKey, now, withHeads = false, signal, onProgress }: Anchoring,
): Promise<Anchor> {
  const publicKey = publicOf(privateKey)
  const heads = logHeads()
  try {
    for await (const page of log.readAll(signal ? { signal } : {})) {
      for (const event of page.events) heads.see(event)
      onProgress?.(heads.events)
    }
    return signed(privateKey, {
      format,
      logId: log.logId,
      at: now.toISOString(),
      events: heads.events,
      streams: heads.streams,
      root: heads.root(),
      ...(withHeads && { heads: listOf(heads) }),
      publicKey,
    })
  } finally {
    heads.close()
  }
}

/**
 * An anchor as it was kept, when its signature holds, and is of the key that is trusted, where one is given.
 * @throws VitrineError `anchor-not-valid`
 */
export function readAnchor(text: string, trusted?: KeyObject): Anchor {
  const anchor = parsed(text)
  const { signature, ...rest } = anchor
  const key = keyOf(anchor)
  if (trusted && !trusted.equals(key)) throw notValid('It was signed with another key than the one that is trusted.')
  if (verifySignature(null, Buffer.from(canonicalJson(rest)), key, Buffer.from(signature, 'base64'))) return anchor
  throw notValid('Its signature does not hold: it was changed since it was made.')
}

function signed(privateKey: KeyObject, anchor: Omit<Anchor, 'signature'>): Anchor {
  return { ...anchor, signature: sign(null, Buffer.from(canonicalJson(anchor)), privateKey).toString('base64') }
}

function publicOf(privateKey: KeyObject): string {
  if (privateKey.type === 'private' && privateKey.asymmetricKeyType === 'ed25519')
    return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
  const found = privateKey.type === 'private' ? `an ${privateKey.asymmetricKeyType} key` : `a ${privateKey.type} key`
  throw new VitrineError('invalid-key', `An anchor is signed with an Ed25519 private key; this is ${found}.`)
}

function keyOf({ publicKey }: Anchor): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  } catch (cause) {
    throw notValid('Its public key cannot be read.', cause)
  }
}

function parsed(text: string): Anchor {
  try {
    return anchorShape.parse(JSON.parse(text))
  } catch (cause) {
    throw notValid('It is not the JSON of an anchor.', cause)
  }
}

function listOf(heads: LogHeads): Anchor['heads'] {
  return [...heads.entries()].map(([stream, { version, seal }]) => [stream, version, seal])
}

function notValid(sentence: string, cause?: unknown): VitrineError {
  return new VitrineError('anchor-not-valid', `The anchor is not valid. ${sentence}`, { cause })
}
