import type { Kind } from '../rules.js'
import { fieldsOf } from './content.js'

/** The fields of a kind of which a change always needs a review, in the order of its schema (T23). */
export function alwaysReviewed(kind: Kind): readonly string[] {
  return fieldsOf(kind).filter((field) => needsReview(kind, field))
}

/** Whether a change of a field always needs a review. Of a field that the kind does not, or no longer, have, it does. */
export function needsReview(kind: Kind, field: string): boolean {
  if (field === 'name' || !fieldsOf(kind).includes(field)) return true
  return kind.reviewAlways?.includes(field) ?? !ordinary.has(field)
}

/**
 * What a trusted publisher may change by itself where a kind says nothing: words, pictures, and where it is found. So these
 * are left: `pricing` and `termsOfUse`; `demoUrl`, `supportLinks`, `supportContacts` and `documents`, which lead customers to
 * other places and people or hand them files; `productVersion`, since the security review was of a version; `offered` and
 * `trainedPeople`, which had to be proven; and whatever field a marketplace adds.
 */
const ordinary: ReadonlySet<string> = new Set([
  'headline',
  'shortDescription',
  'longDescription',
  'icon',
  'banner',
  'screenshots',
  'videos',
  'geography',
  'categories',
  'markets',
  'contentLanguage',
  'supportedLanguages',
  'systemRequirements',
  'keywords',
])
