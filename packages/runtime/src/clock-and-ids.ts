import { randomBytes, randomUUID } from 'node:crypto'

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

/** RFC 9562: 48 bits of milliseconds, the version, then what is random in a UUIDv4, its variant with it. */
function uuid(): string {
  const now = Date.now()
  if (now !== begun.millisecond) begun = { millisecond: now, text: beginningAt(now) }
  return begun.text + randomUUID().slice(15)
}

/** How the ids of the last millisecond begin. */
let begun = { millisecond: 0, text: beginningAt(0) }

function beginningAt(millisecond: number): string {
  const time = millisecond.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7`
}
