import type { Guideline } from '../rules.js'

/** A rule that stands in the way of Submit. */
export function hard(name: string, fields: readonly string[], check: Guideline['check']): Guideline {
  return { name, level: 'hard', fields, check }
}

/** A rule that is shown as advice. */
export function editorial(name: string, fields: readonly string[], check: Guideline['check']): Guideline {
  return { name, level: 'editorial', fields, check }
}
