import { randomBytes, randomFillSync } from 'node:crypto'

/** Says what time it is. */
export type Clock = () => Date

/** Makes ids (lower-case UUIDs) and secrets (unguessable, safe in a URL). */
export interface Ids {
  readonly uuid: () => string
  readonly token: () => string
}

export const systemClock: Clock = () => new Date()

/** UUIDv7, and 32 random bytes as base64url. */
export function randomIds(): Ids {
  return { uuid, token: () => randomBytes(32).toString('base64url') }
}

/** RFC 9562: 48 bits of milliseconds, the version, then what is random, with the variant in front of 62 bits of it. */
function uuid(): string {
  const now = Date.now()
  if (now !== begun.millisecond) begun = { millisecond: now, text: beginningAt(now) }
  if (used === random.length) refill()
  const from = 2 * used
  used += bytesOfAnId
  const variant = '89ab'[random[used - 1]! & 3]
  return `${begun.text}${digits.slice(from, from + 3)}-${variant}${digits.slice(from + 3, from + 6)}-${digits.slice(from + 6, from + 18)}`
}

/** How the ids of the last millisecond begin. */
let begun = { millisecond: 0, text: beginningAt(0) }

function beginningAt(millisecond: number): string {
  const time = millisecond.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7`
}

/** Nine bytes are digits of the id, and of one more two bits say which variant digit it has. */
const bytesOfAnId = 10
/** Random bytes for many ids are fetched at once; each is used once. */
const random = Buffer.alloc(400 * bytesOfAnId)
let digits = ''
let used = random.length

function refill(): void {
  digits = randomFillSync(random).toString('hex')
  used = 0
}
