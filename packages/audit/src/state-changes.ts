import { difference, type FieldDifference, type JsonObject, type Listing } from '@vitrine/core'
import type { Found } from './find-stream.js'

/** What an event changed in what a listing says, or in what is remembered of a publisher or a lead, field by field. */
export function stateChanges(is: Found['is'], before: object, after: object): readonly FieldDifference[] {
  if (is === 'listing') return editionChanges(before as Listing, after as Listing)
  return difference(flat(before), flat(after)).filter(saysMore)
}

/** What comes with an event it says by itself; what it took the place of, it does not. */
function saysMore({ change, before, items }: FieldDifference): boolean {
  if (change === 'added' || before === '') return false
  return items === undefined || items.some((item) => item.change !== 'added')
}

/** Of the edition that is written, or of the one that is live: whichever moved. */
function editionChanges(before: Listing, after: Listing): readonly FieldDifference[] {
  const [was, is] = [writtenIn(before), writtenIn(after)]
  if (was !== undefined && is !== undefined) return difference(was, is)
  return was === undefined && is !== undefined && before.lastRevision === 0 ? difference({}, is) : []
}

function writtenIn({ working }: Listing): JsonObject | undefined {
  if (working.status === 'none') return undefined
  return working.slug === undefined ? working.content : { ...working.content, vanityUrl: working.slug }
}

/** Groups within groups become one, by paths: `members.u-luc.role`. What is sealed stays whole. */
function flat(state: object, path = ''): JsonObject {
  const entries = Object.entries(state).flatMap(([field, value]: [string, unknown]) => {
    const name = `${path}${field}`
    return isGroup(value) && !('box' in value) ? Object.entries(flat(value, `${name}.`)) : [[name, value] as const]
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as JsonObject
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
