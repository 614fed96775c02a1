import type { JsonObject } from '../json.js'
import type { StoredListingEvent } from '../listing/events.js'

/** The listing whose stream an event is in. */
export function listingOf({ stream }: { readonly stream: string }): string {
  return stream.slice('listing-'.length)
}

/** `on` of a view that holds one document a listing: each of these events touches that of its listing. */
export function perListing<Type extends StoredListingEvent['type']>(...types: readonly Type[]) {
  const touched = (event: { readonly stream: string }) => [listingOf(event)]
  return Object.fromEntries(types.map((type) => [type, touched])) as { readonly [Name in Type]: typeof touched }
}

/** A text of the content, empty when there is none. */
export function textIn(content: JsonObject, field: string): string {
  const value = content[field]
  return typeof value === 'string' ? value : ''
}

/** The texts in a list of the content. */
export function textsIn(content: JsonObject, field: string): readonly string[] {
  const value = content[field]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
