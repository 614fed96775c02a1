import { hash } from 'node:crypto'
import { type AnyCommand, canonicalJson, type Json } from '@vitrine/core'

/** Lower-case hex SHA-256 of the UTF-8 of a text. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

/** By what a repeated command is told from another one under the same id: its type, its payload and who asks. */
export function commandHash(command: AnyCommand, actorId: string): string {
  return sha256(canonicalJson([actorId, command as Json]))
}
