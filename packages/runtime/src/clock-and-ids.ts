import { randomFillSync } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

/** Says what time it is. */
export type Clock = () => Date

/** Makes ids (lower-case UUIDs) and secrets (unguessable, safe in a URL). */
export interface Ids {
  readonly uuid: () => string
  readonly token: () => string
}

export const systemClock: Clock = () => new Date()

/** UUIDv7, and 32 random bytes as base64url. */
export const randomIds: Ids = {
  uuid: () => uuidv7({ random: chance(16) }),
  token: () => Buffer.from(chance(32)).toString('base64url'),
}

const page = new Uint8Array(4096)
let used = page.length

/** Random bytes. The system is asked for them by the page, not by the id: that is ten times as fast. */
function chance(bytes: number): Uint8Array {
  if (used + bytes > page.length) {
    randomFillSync(page)
    used = 0
  }
  used += bytes
  return page.slice(used - bytes, used)
}
