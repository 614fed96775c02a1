import { createHash } from 'node:crypto'

/** The `Message-ID` of a message: the same at every attempt, so that receivers tell repeats by it. */
export function messageIdOf(id: string, domain: string): string {
  return `<${fingerprint(`message ${id}`)}@${domain}>`
}

/**
 * What the messages of one thread all answer to: an id that no message has. Mail programs show together what refers to
 * the same message, also one that they never saw.
 */
export function threadIdOf(thread: string, domain: string): string {
  return `<${fingerprint(`thread ${thread}`)}@${domain}>`
}

/** Hashed, because ids may hold what a header cannot. */
function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40)
}
