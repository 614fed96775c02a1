import { randomBytes, randomFillSync } from 'node:crypto'
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
export const randomIds: Ids = { uuid: uuids(), token: () => randomBytes(32).toString('base64url') }

/** An id and a token that are made when first asked for, and stay the same for the command. */
export function madeOnce({ uuid, token }: Ids): { readonly id: string; readonly token: string } {
  let id: string | undefined
  let secret: string | undefined
  return {
    get id() {
      id ??= uuid()
      return id
    },
    get token() {
      secret ??= token()
      return secret
    },
  }
}

/** Asks the system for chance by the page, not by the id: that is ten times as fast. */
function uuids(): () => string {
  const page = new Uint8Array(4096)
  let used = page.length
  return () => {
    if (used === page.length) {
      randomFillSync(page)
      used = 0
    }
    used += 16
    return uuidv7({ random: page.subarray(used - 16, used) })
  }
}
