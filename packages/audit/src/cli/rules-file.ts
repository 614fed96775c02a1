import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type AnyPolicy, defineMarketplace, type Kinds, type Marketplace } from '@vitrine/core'
import type { OwnViews, StaffOf } from '@vitrine/runtime'
import { AuditError } from '../audit-error.js'

/** The marketplace that wrote a log, as far as an audit is told of it. */
export interface AuditedMarketplace {
  readonly rules: Marketplace<Kinds>
  readonly views: OwnViews
  readonly policies: readonly AnyPolicy[]
  readonly staff?: StaffOf
  /** The file that they come from; absent when they are the defaults. */
  readonly file?: string
}

/**
 * Loads the rules of a marketplace from a module: its default export is what `defineMarketplace` gives, or
 * `{ rules, views, policies, staff }`. Without a file they are the defaults.
 * @throws AuditError `rules-unreadable`
 */
export async function loadRules(file: string | undefined): Promise<AuditedMarketplace> {
  if (file === undefined) return { rules: defaultRules(), views: {}, policies: [] }
  if (!existsSync(file)) throw unreadable(file, 'there is no such file')
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(resolve(file)).href).then(
    (module: { readonly default?: unknown }) => module.default,
    (cause: unknown) => {
      throw unreadable(file, cause instanceof Error ? cause.message : String(cause), cause)
    },
  )
  if (areRules(loaded)) return { rules: loaded, views: {}, policies: [], file }
  const { rules, ...parts } = (loaded ?? {}) as Partial<AuditedMarketplace>
  if (areRules(rules)) return { views: {}, policies: [], ...parts, rules, file }
  throw unreadable(file, 'its default export is neither a marketplace nor { rules, views, policies, staff }')
}

/** Whose rules these are, in a word. */
export function rulesName({ file }: Pick<AuditedMarketplace, 'file'>): string {
  return file ?? 'defaults'
}

/** Nothing that is looked at here leads to a page: links are not followed. */
function defaultRules(): Marketplace<Kinds> {
  return defineMarketplace({ baseUrl: 'https://marketplace.invalid' }) as Marketplace<Kinds>
}

function areRules(value: unknown): value is Marketplace<Kinds> {
  return typeof value === 'object' && value !== null && 'kinds' in value && 'guidelines' in value && 'baseUrl' in value
}

function unreadable(file: string, why: string, cause?: unknown): AuditError {
  return new AuditError('rules-unreadable', `The rules in ${file} could not be loaded: ${why}.`, { cause })
}
