import type { Anchor } from './anchor.js'
import type { Audited, Watching } from './audited.js'
import { heldTo } from './held-to-anchor.js'
import { type Verdict, verdictOf } from './part-verdict.js'
import { verifyPart } from './verify-part.js'

/** What {@link verify} is to hold a log to. */
export interface Verifying extends Watching {
  /** Every event must be tied to those before it; by default, every event behind the first one that is. */
  readonly wholeChain?: boolean
  /** How the log stood once: what was cut off or taken away since is found. */
  readonly anchor?: Anchor
  /** How many streams with a problem are listed; 100 by default. The others are counted. */
  readonly most?: number
}

/**
 * Reads a whole log and names what does not fit: versions with holes, torn appends, time that runs backwards, broken chains,
 * events that cannot be read. What was cut off at the end of a stream only an anchor shows.
 * @throws StoreError when the log cannot be read, also `aborted`
 */
export async function verify(
  audited: Audited,
  { wholeChain = false, most = 100, anchor, signal, onProgress }: Verifying = {},
): Promise<Verdict> {
  const anchored = anchor && heldTo(anchor)
  try {
    const watching = { ...(signal && { signal }), ...(onProgress && { onProgress }) }
    const part = await verifyPart(audited, { after: 0, onEvent: (event) => anchored?.see(event), ...watching })
    return { ...verdictOf([part], wholeChain, most), ...(anchored && { anchor: anchored.verdict() }) }
  } finally {
    anchored?.close()
  }
}

/** Whether nothing was found that does not fit. */
export function isSound({ broken, anchor }: Verdict): boolean {
  return broken === 0 && anchor?.holds !== false
}
