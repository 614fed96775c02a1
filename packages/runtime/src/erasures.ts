import type { Checkpoint, EventDefinition, EventStore, KeyStore, LogPage, StoredEvent } from '@vitrine/core'
import { codeOf } from './errors.js'
import type { StreamKind } from './host.js'
import { pageAfter } from './log-head.js'
import { turnTaking } from './turn-taking.js'

/** Destroys the keys of those whose data the log says are to be forgotten. */
export interface Erasures {
  /** Follows the log to its head. What was destroyed stays destroyed. */
  follow(): Promise<void>
  /** Whether events of these types may erase something. */
  among(types: readonly string[]): boolean
}

/** Events looked at before it is written how far they were followed, when none of them erases anything. */
const farEnough = 10_000

/**
 * The key store remembers how far the log was followed: after it was restored from a backup, what is behind is erased
 * again. Only then may anything be answered.
 */
export async function followErasures(log: EventStore, keys: KeyStore, kinds: readonly StreamKind[]): Promise<Erasures> {
  const erasing = new Map(kinds.flatMap(({ events }) => Object.entries(events).filter(([, { erases }]) => erases)))
  const inTurn = turnTaking(Number.POSITIVE_INFINITY)
  let noted = await keys.followed()
  let reached = noted

  const follow = async () => {
    for (let atHead = false; !atHead; ) {
      const page = await pageBehind(log, reached, [...erasing.keys()])
      const subjects = page.events.flatMap((event) => subjectsOf(event, erasing))
      const { through } = page
      if (through && (subjects.length > 0 || through.position - positionIn(log, noted) >= farEnough)) {
        await keys.destroy(subjects, through)
        noted = through
      }
      reached = through ?? reached
      atHead = page.atHead
    }
  }
  const inOrder = () => inTurn('erasures', follow)
  await inOrder()
  return { follow: inOrder, among: (types) => types.some((type) => erasing.has(type)) }
}

/** When the keys are of another history, or the log is older than they are, all that it erases is erased again. */
async function pageBehind(log: EventStore, after: Checkpoint | undefined, types: readonly string[]): Promise<LogPage> {
  const options = { limit: farEnough, types }
  try {
    return await pageAfter(log, after, options)
  } catch (fault) {
    if (codeOf(fault) === 'log-replaced') return pageAfter(log, undefined, options)
    throw fault
  }
}

function positionIn({ logId }: EventStore, checkpoint: Checkpoint | undefined): number {
  return checkpoint?.logId === logId ? checkpoint.position : 0
}

function subjectsOf(event: StoredEvent, erasing: ReadonlyMap<string, EventDefinition>): readonly string[] {
  return erasing.get(event.type)?.erases?.(event) ?? []
}
