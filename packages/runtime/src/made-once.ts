import type { Facts } from '@vitrine/core'
import type { Ids } from './clock-and-ids.js'

/** The id and the secret that a command may need: made when one is asked for, and the same one ever after. */
export function madeOnce(ids: Ids): Facts['made'] {
  return new MadeOnce(ids)
}

/** A class, since every command has one: what it shares with the others is not made again. */
class MadeOnce {
  readonly #ids: Ids
  #id: string | undefined
  #token: string | undefined

  constructor(ids: Ids) {
    this.#ids = ids
  }

  get id(): string {
    this.#id ??= this.#ids.uuid()
    return this.#id
  }

  get token(): string {
    this.#token ??= this.#ids.token()
    return this.#token
  }
}
