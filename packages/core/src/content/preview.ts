import type { Json, JsonObject } from '../json.js'
import { pathOf } from '../links.js'
import type { Finding } from '../refusal.js'
import type { Rules } from '../rules.js'
import { completeness, fieldsOf, findings, hasValue, kindOf } from './content.js'
import { fieldLabel, fieldPhrase } from './field-phrase.js'
import { otherSection, pageSections, type SectionPlan } from './page-sections.js'
import { textOf } from './read.js'
import { type Shown, shownAs } from './shown.js'

/** What a preview is made of. `slug` is the vanity URL that the revision names. */
export interface PreviewOf {
  readonly kind: string
  readonly listingId: string
  readonly content: JsonObject
  readonly slug?: string
}

/** The page of a listing as plain data, for anybody to render. A query: it leaves no event. */
export interface Preview {
  readonly kind: string
  /** Where the page would be, when it is public. */
  readonly path: string
  readonly url: string
  /** The name, or an empty text. */
  readonly title: string
  readonly percent: number
  readonly missing: readonly string[]
  /** All findings, in the order of the guidelines; each stands also beside its field. */
  readonly findings: readonly Finding[]
  /** In reading order; a section without blocks is left out. */
  readonly sections: readonly PreviewSection[]
}

/** A part of the page, with what it shows. */
export interface PreviewSection {
  readonly name: string
  readonly heading: string
  readonly blocks: readonly PreviewBlock[]
}

/** One field: what it shows, or that it is missing, and what the guidelines say of it. */
export type PreviewBlock = Shown & {
  readonly field: string
  readonly label: string
  readonly findings: readonly Finding[]
}

/**
 * The page of a listing as it would be, with everything that is missing or against a guideline at its place.
 * @throws VitrineError `unknown-kind`, `guideline-failed`
 */
export function preview(rules: Rules, { kind, listingId, content, slug }: PreviewOf): Preview {
  const { percent, missing } = completeness(kindOf(rules, kind), content)
  const found = findings(rules, kind, content)
  const path = pathOf(listingId, slug)
  const values = new Map(Object.entries(content))
  const fields = new Set([...fieldsOf(kindOf(rules, kind)), ...values.keys()])
  const block = (field: string) => blocksOf(field, values.get(field), missing.includes(field), found)
  const sections = plansFor(fields)
    .map((plan) => ({ name: plan.name, heading: plan.heading, blocks: plan.fields.flatMap(block) }))
    .filter(({ blocks }) => blocks.length > 0)
  const title = textOf(values.get('name'))
  return { kind, path, url: rules.baseUrl + path, title, percent, missing, findings: found, sections }
}

function plansFor(fields: ReadonlySet<string>): readonly SectionPlan[] {
  const placed = new Set(pageSections.flatMap((section) => section.fields))
  const others = [...fields].filter((field) => !placed.has(field))
  return [...pageSections, { ...otherSection, fields: others }]
}

/** None for a field that has no value, is not needed, and that no guideline speaks of. */
function blocksOf(
  field: string,
  value: Json | undefined,
  required: boolean,
  found: readonly Finding[],
): readonly PreviewBlock[] {
  const beside = { field, label: fieldLabel(field), findings: found.filter((finding) => finding.field === field) }
  if (value !== undefined && hasValue(value)) return [{ ...beside, ...shownAs(value) }]
  if (!required && beside.findings.length === 0) return []
  return [{ ...beside, type: 'missing', phrase: fieldPhrase(field), required }]
}
