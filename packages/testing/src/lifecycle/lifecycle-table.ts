import { tableOfLive } from './table-of-live.js'
import { tableOfPublication } from './table-of-publication.js'
import { tableOfReview } from './table-of-review.js'
import { tableOfWriting } from './table-of-writing.js'
import type { TableRow } from './table-row.js'

/**
 * The lifecycle of a listing as the domain has it, written down by hand, without a look at the code that decides: what may
 * be asked by whom, from where, what else must hold, and what is different afterwards.
 */
export const lifecycleTable: readonly TableRow[] = [
  ...tableOfWriting,
  ...tableOfReview,
  ...tableOfPublication,
  ...tableOfLive,
]
