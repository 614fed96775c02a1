import { codeOf } from './errors.js'

/** Whether an error says that the store, or who knows the people, is out of reach for now: what was under way is tried again later. */
export function isStoreTrouble(error: unknown): boolean {
  return trouble.includes(codeOf(error) ?? '')
}

const trouble = ['unavailable', 'unknown-outcome', 'aborted', 'closed', 'people-unavailable']
