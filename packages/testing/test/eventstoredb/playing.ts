import type { CaseNames } from './case-names.js'
import type { Path } from './recorded-cases.js'
import type { Clients, Stage } from './stage.js'

/** What the operations of one case share. */
export interface Playing {
  readonly stage: Stage & Clients
  readonly path: Path
  readonly names: CaseNames
  /** The positions that were marked. */
  readonly marks: Map<string, { commit: bigint; prepare: bigint }>
}
