import * as z from 'zod'
import { described } from './content/problems.js'
import { unstorableIn } from './content/unstorable.js'
import { pagesProblem } from './messages/pages.js'
import type { Guideline, Kind, Rules } from './rules.js'

const longestDays = 36_500

/** The first thing that is wrong with rules, as a sentence: what, where, what was expected. */
export function rulesProblem(rules: Rules): string | undefined {
  const problems = [
    baseUrlProblem(rules),
    pagesProblem(rules),
    daysProblem(rules),
    ...rules.remindDaysBefore.map((days, index) => reminderProblem(rules, days, index)),
    hoursProblem(rules),
    invitationProblem(rules),
    Object.keys(rules.kinds).length === 0 ? 'kinds is empty: at least one kind was expected.' : undefined,
    ...Object.entries(rules.kinds).map(([name, kind]) => kindProblem(name, kind)),
    ...rules.guidelines.map((guideline, index) => guidelineProblem(rules, guideline, index)),
    ...rules.reservedSlugs.map(slugProblem),
    contentVersionProblem(rules),
  ]
  return problems.find((problem) => problem !== undefined)
}

/** The content of a marketplace whose schemas were always the same. */
export const asItWas: Rules['upcastContent'] = (content) => content

/** Every field that some kind has. */
export function knownFields(kinds: Rules['kinds']): ReadonlySet<string> {
  return new Set(
    Object.values(kinds).flatMap(({ content }) => (isObjectSchema(content) ? Object.keys(content.shape) : [])),
  )
}

function baseUrlProblem({ baseUrl }: Rules): string | undefined {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url && /^https?:\/\//i.test(baseUrl) && url.search === '' && url.hash === '') return undefined
  return `baseUrl is "${baseUrl}": an absolute http or https URL was expected, without a query.`
}

function daysProblem({ publishWithinDays: days }: Rules): string | undefined {
  if (isCount(days) && days <= longestDays) return undefined
  return `publishWithinDays is ${described(days)}: a whole number from 1 to ${longestDays} was expected.`
}

function reminderProblem(rules: Rules, days: number, index: number): string | undefined {
  const { publishWithinDays, remindDaysBefore } = rules
  if (remindDaysBefore.indexOf(days) !== index) return `remindDaysBefore has ${days} twice: once was expected.`
  if (isCount(days) && days < publishWithinDays) return undefined
  return `remindDaysBefore has ${described(days)}: whole numbers from 1 to less than publishWithinDays, ${publishWithinDays}, were expected.`
}

function hoursProblem({ firstResponseWithinHours: hours }: Rules): string | undefined {
  if (isCount(hours) && hours <= longestDays * 24) return undefined
  return `firstResponseWithinHours is ${described(hours)}: a whole number from 1 to ${longestDays * 24} was expected.`
}

function invitationProblem({ invitationDays: days }: Rules): string | undefined {
  if (isCount(days) && days <= longestDays) return undefined
  return `invitationDays is ${described(days)}: a whole number from 1 to ${longestDays} was expected.`
}

function kindProblem(name: string, kind: Kind): string | undefined {
  const { content, checks } = kind
  const where = `Kind "${name}"`
  if (!/^[a-z][a-zA-Z0-9-]*$/.test(name))
    return `${where} has a name that is not letters, digits and hyphens, a small letter first, as was expected.`
  if (!isObjectSchema(content)) return `${where} has a content that is ${described(content)}: a z.object was expected.`
  const { name: nameSchema }: z.core.$ZodShape = content.shape
  if (!nameSchema) return `${where} has no field "name" in its content: every listing has a name.`
  if (!isText(nameSchema)) return `${where} has a field "name" that is no text: a z.string was expected.`
  if (Object.hasOwn(content.shape, '__proto__'))
    return `${where} has a field "__proto__" in its content: another name was expected, which objects keep as a key.`
  if (content._zod.def.checks?.length) {
    return `${where} has a check on its content as a whole, which would never be asked: a guideline was expected.`
  }
  return fieldsProblem(where, content) ?? checksProblem(where, checks) ?? reviewedProblem(where, kind)
}

function fieldsProblem(where: string, content: Kind['content']): string | undefined {
  const shape: z.core.$ZodShape = content.shape
  for (const [field, schema] of Object.entries(shape)) {
    const found = unstorableIn(schema)
    const expected = 'what JSON can hold was expected, such as z.iso.date() for a day'
    if (found !== undefined)
      return `${where} has a field "${field}" of z.${found}(), which can never be stored: ${expected}.`
  }
  return undefined
}

function reviewedProblem(where: string, { content, reviewAlways = [] }: Kind): string | undefined {
  const given: unknown = reviewAlways
  if (!Array.isArray(given))
    return `${where} has a reviewAlways that is ${described(given)}: a list of its fields was expected.`
  const fields = Object.keys(content.shape)
  const stray = reviewAlways.find((field) => !fields.includes(field))
  return stray === undefined
    ? undefined
    : `${where} has ${described(stray)} in reviewAlways, which is none of its fields: one of ${fields.join(', ')} was expected.`
}

function checksProblem(where: string, checks: Kind['checks'] = {}): string | undefined {
  if (Object.keys(checks).length === 0)
    return `${where} has no checks: at least one was expected, as in { content: 'required' }.`
  const wrong = Object.entries(checks).find(([, need]) => need !== 'required' && need !== 'optional')
  return (
    wrong && `${where} has a check "${wrong[0]}" that is ${described(wrong[1])}: 'required' or 'optional' was expected.`
  )
}

function guidelineProblem({ guidelines, kinds }: Rules, guideline: Guideline, index: number): string | undefined {
  const { name, fields } = guideline
  const where = `Guideline "${name}"`
  if (name === '') return 'A guideline has an empty name: reviewers and publishers know it by its name.'
  if (guidelines.findIndex((one) => one.name === name) !== index)
    return `${where} is there twice: one of each name was expected.`
  if (fields.length === 0) return `${where} reads no fields: at least one was expected.`
  const known = knownFields(kinds)
  const stray = fields.find((field) => !known.has(field))
  if (stray !== undefined) return `${where} reads the field "${stray}", which no kind has.`
  const foreign = guideline.kinds?.find((kind) => !Object.hasOwn(kinds, kind))
  return foreign === undefined ? undefined : `${where} is for the kind "${foreign}", which does not exist.`
}

function slugProblem(slug: string): string | undefined {
  if (/^[a-z0-9-]+$/.test(slug)) return undefined
  return `reservedSlugs has "${slug}": small letters, digits and hyphens were expected.`
}

function contentVersionProblem({ contentVersion, upcastContent }: Rules): string | undefined {
  if (!isCount(contentVersion))
    return `contentVersion is ${described(contentVersion)}: a whole number from 1 was expected.`
  if (contentVersion === 1 || upcastContent !== asItWas) return undefined
  return `contentVersion is ${contentVersion} without upcastContent: a function was expected that lifts content of older versions.`
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1
}

function isObjectSchema(schema: unknown): schema is z.ZodObject {
  return schema instanceof z.ZodObject
}

/** Schemas that JSON Schema cannot describe may be texts. */
function isText(schema: z.core.$ZodType): boolean {
  const { type = 'string' } = z.toJSONSchema(schema, { unrepresentable: 'any' })
  return type === 'string'
}
