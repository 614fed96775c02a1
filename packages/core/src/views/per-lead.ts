import { idIn } from '../id.js'
import type { StoredLeadEvent } from '../lead/events.js'

/** `on` of a view that holds one document a lead: each of these events touches that of its lead. */
export function perLead<Type extends StoredLeadEvent['type']>(...types: readonly Type[]) {
  const touched = (event: { readonly stream: string }) => [idIn(event)]
  return Object.fromEntries(types.map((type) => [type, touched])) as { readonly [Name in Type]: typeof touched }
}
