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

/** UUIDv7, and 32 random bytes as base64url. The system is asked for chance by the page, not by the id. */
export function randomIds(): Ids {
  const page = new Uint8Array(4096)
  let used = page.length
  const chance = (bytes: number) => {
    if (used + bytes > page.length) {
      randomFillSync(page)
      used = 0
    }
    used += bytes
    return page.slice(used - bytes, used)
  }
  return {
    uuid: () => uuidv7({ random: chance(16) }),
    token: () => Buffer.from(chance(32)).toString('base64url'),
  }
}
