import type { Guideline } from '../rules.js'
import { fieldLabel } from './field-phrase.js'
import { hard } from './guideline.js'

/** Bytes of content as JSON: publishing stores all of it at once, and an append holds 900,000 bytes, with what stands beside it. */
const most = 800_000

/** What could be written piece by piece, and never be published. */
export const sizeGuideline: Guideline = hard('content-size', ['name'], (content) => {
  const bytes = bytesOf(content)
  if (bytes <= most) return true
  const sizes = Object.entries(content).map(([field, value]) => ({ field, bytes: bytesOf(value) }))
  const largest = sizes.reduce((one, other) => (other.bytes > one.bytes ? other : one))
  return `All content together has ${bytes} bytes, ${largest.bytes} of them in ${fieldLabel(largest.field)}. Shorten it to ${most} at most.`
})

const encoder = new TextEncoder()

function bytesOf(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length
}
