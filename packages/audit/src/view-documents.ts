import { type AnyView, type JsonObject, type StoredEvent, storedDocument, touchedWith } from '@vitrine/core'
import type { Audited, Watching } from './audited.js'
import { deliveryIn } from './parsing.js'
import { type SpilledMap, spilledMap } from './spilled-map.js'

/** What a view is folded to without its store. */
export interface FoldingOptions extends Watching {
  /** Only what had happened by this instant. */
  readonly until?: string
  /** Documents held in memory at a time; 20,000 by default. */
  readonly inMemory?: number
}

/**
 * The documents of a view, folded from the log alone, by key in the order of the keys. The memory that it takes does not grow
 * with the log.
 * @throws VitrineError `newer-than-this-code` · RuntimeError `event-not-lifted`, `content-not-lifted` · StoreError
 */
export async function* viewDocuments(
  audited: Audited,
  view: AnyView,
  { until, inMemory, onProgress, signal }: FoldingOptions = {},
): AsyncGenerator<readonly [key: string, document: JsonObject]> {
  const documents = spilledMap<Kept>(inMemory)
  try {
    const deliver = deliveryIn(audited)
    const types = Object.keys(view.on)
    for await (const page of audited.log.readAll({ types, ...(signal && { signal }) })) {
      const happened = page.events.filter(({ metadata }) => until === undefined || metadata.occurredAt <= until)
      for (const { event, foreign, fault } of await deliver(happened)) {
        if (foreign) continue
        if (fault !== undefined) throw fault as Error
        apply(view, event, documents)
      }
      onProgress?.(page.through?.position ?? 0)
    }
    for (const [key, { document }] of documents.entries())
      if (document) yield [key, storedDocument(view, document) as JsonObject]
  } finally {
    documents.close()
  }
}

/** A document; none, where it was removed. */
interface Kept {
  readonly document?: JsonObject
}

type Documents = Pick<SpilledMap<Kept>, 'get' | 'set'>

function apply(view: AnyView, event: StoredEvent, documents: Documents): void {
  const before = (key: string) => documents.get(key)?.document
  const named = view.on[event.type]?.(event as never) ?? []
  const keys = [...new Set([...named, ...touchedWith(view, event, named, before)])]
  const known = new Map(keys.map((key) => [key, before(key)]))
  for (const key of keys) {
    const after = view.apply(known.get(key) ?? view.empty, event as never, key, (other) => known.get(other))
    documents.set(key, after ? { document: after as JsonObject } : {})
  }
}
