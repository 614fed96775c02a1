import { headOf } from '@vitrine/runtime'
import { AuditError } from '../audit-error.js'
import type { Audited, Watching } from '../audited.js'
import { instantOf } from '../instant.js'
import { type Sight, sightWith, withoutKeys } from '../personal-sight.js'
import { type AuditedStore, locatorForms, namedStore, type Opening, openStore } from './open-store.js'
import { type Progress, progressOn } from './progress.js'
import { type AuditedMarketplace, loadRules, rulesName } from './rules-file.js'
import type { Showing } from './sheet.js'

/** The options that were given, by their names. */
export interface Given {
  readonly [option: string]: string | boolean | undefined
}

/** One run of one command. */
export interface Session extends Showing {
  readonly given: Given
  readonly signal: AbortSignal
  readonly bars: NodeJS.WriteStream
  /** UTC, with milliseconds. */
  readonly now: string
  /** Says something beside the output. */
  readonly note: (sentence: string) => void
}

/** A store that is open for a command, with what is known of its marketplace. */
export interface Workplace extends Audited {
  readonly store: AuditedStore
  readonly market: AuditedMarketplace
  readonly sight: Sight
  /** What stands in every JSON document: which log was read, by which rules. */
  readonly facts: { readonly store: string; readonly rules: string }
  /** How a long reading is watched: a bar up to the end of the log. */
  watched<Answer>(what: string, work: (watching: Watching) => Promise<Answer>): Promise<Answer>
}

/** Opens what a command works on, and closes it when the command has ended, however that was. */
export async function inStore<Answer>(
  session: Session,
  opening: Opening,
  work: (place: Workplace) => Promise<Answer>,
): Promise<Answer> {
  const { given } = session
  if (typeof given.store !== 'string') {
    throw new AuditError('used-wrongly', `Name the store with --store ${locatorForms}.`)
  }
  const market = await loadRules(typeof given.rules === 'string' ? given.rules : undefined)
  const { tenant, beside } = given
  const place = { ...(typeof tenant === 'string' && { tenant }), ...(typeof beside === 'string' && { beside }) }
  const store = await openStore(given.store, opening, place)
  try {
    return await work(workplace(session, store, market))
  } finally {
    await store.close()
  }
}

/** The instant that was named, or now. */
export function asOf({ given, now }: Pick<Session, 'given' | 'now'>): string {
  return typeof given.asOf === 'string' ? instantOf(given.asOf) : now
}

function workplace(session: Session, store: AuditedStore, market: AuditedMarketplace): Workplace {
  const { log } = store.store
  return {
    log,
    rules: market.rules,
    store,
    market,
    sight: sightIn(session.given, store),
    facts: { store: namedStore(store.locator), rules: rulesName(market) },
    watched: async (what, work) => {
      const bar = progressOn(session.bars, what, (await headOf(log))?.position ?? 0)
      try {
        return await work({ signal: session.signal, onProgress: bar.to })
      } finally {
        bar.end()
      }
    },
  }
}

export type { Progress }

function sightIn({ open }: Given, { store, hasKeys, locator }: AuditedStore): Sight {
  if (hasKeys) return sightWith(store.keys, { open: open === true })
  if (open !== true) return withoutKeys
  throw new AuditError('keys-missing', `Nothing can be opened: no keys lie beside ${namedStore(locator)}.`)
}
