import { canonicalJson } from '../json.js'
import type { Edition } from './state.js'

/** SHA-256 over the RFC 8785 form of kind, content and slug: what a reviewer read and approves (T14). */
export function contentHash(kind: string, edition: Edition, sha256: (text: string) => string): string {
  const { content, slug } = edition
  return sha256(canonicalJson(slug === undefined ? { kind, content } : { kind, content, slug }))
}
