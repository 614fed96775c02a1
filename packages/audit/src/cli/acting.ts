import type { Kinds, Person } from '@vitrine/core'
import { type Logger, type Marketplace, type OwnViews, openMarketplace } from '@vitrine/runtime'
import { AuditError } from '../audit-error.js'
import type { CommandOption } from './command-row.js'
import type { Session, Workplace } from './session.js'

/** Who does something, and why: both are kept. */
export const actingOptions: readonly CommandOption[] = [
  { flags: '--by <id>', what: 'who does it: it is recorded' },
  { flags: '--name <name>', what: 'their name; the id without' },
  { flags: '--why <reason>', what: 'why: it is recorded' },
]

/** @throws AuditError `used-wrongly` when who or why is missing */
export function deciding({ given }: Session): { readonly by: Person; readonly why: string } {
  const { by, name = by, why } = given
  if (typeof by !== 'string' || typeof why !== 'string' || by.trim() === '' || why.trim() === '') {
    throw new AuditError(
      'used-wrongly',
      'Who does it, and why, is recorded: --by <id> and --why <reason> were expected.',
    )
  }
  return { by: { id: by, name: String(name) }, why }
}

/**
 * Opens the marketplace over a store, lets something be done, and closes it; nothing runs in the background. Who works on the
 * operator's own machine acts as an operator, unless the marketplace says who its staff are.
 */
export async function inMarketplace<Answer>(
  session: Session,
  { store, market }: Workplace,
  work: (opened: Marketplace<Kinds, OwnViews>) => Promise<Answer>,
): Promise<Answer> {
  const { rules, views, policies } = market
  const staff = market.staff ?? ((id: string) => (id === session.given.by ? ('operator' as const) : undefined))
  // The store is closed by who opened it.
  const open = async () => ({ ...store.store, close: async () => undefined })
  const opened = await openMarketplace({ rules, views, policies, staff, store: { open }, logger: loggerFor(session) })
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** @throws AuditError `used-wrongly` when the rules are not named: what is decided is decided by them */
export function namedRules({ market }: Workplace): void {
  if (market.file !== undefined) return
  throw new AuditError(
    'used-wrongly',
    'Policies decide by the rules of the marketplace: name them with --rules <file>.',
  )
}

function loggerFor({ note }: Session): Logger {
  const silent = () => undefined
  return { debug: silent, info: silent, warn: note, error: note }
}
