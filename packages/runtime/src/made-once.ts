import type { Facts } from '@vitrine/core'
import type { Ids } from './clock-and-ids.js'

/** The id and the secret that a command may need: made when one is asked for, and the same one ever after. */
export function madeOnce({ uuid, token }: Ids): Facts['made'] {
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
