import { randomBytes } from 'node:crypto'
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
export const randomIds: Ids = { uuid: uuidv7, token: () => randomBytes(32).toString('base64url') }

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
