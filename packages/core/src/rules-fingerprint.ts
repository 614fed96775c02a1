import * as z from 'zod'
import { alwaysReviewed } from './content/always-reviewed.js'
import { canonicalJson, type Json } from './json.js'
import type { Rules } from './rules.js'

/**
 * Everything of the rules that can be said as data, as canonical JSON: days, thresholds, hours, kinds with their
 * schemas, checks and fields that always need a review, guidelines, reserved slugs, the version of the content. The same
 * rules give the same text; its SHA-256 is the fingerprint that events carry. What functions do is not in it.
 */
export function rulesFingerprintText(rules: Rules): string {
  return canonicalJson({
    publishWithinDays: rules.publishWithinDays,
    remindDaysBefore: rules.remindDaysBefore,
    firstResponseWithinHours: rules.firstResponseWithinHours,
    invitationDays: rules.invitationDays,
    kinds: Object.fromEntries(
      Object.entries(rules.kinds).map(([name, kind]) => [
        name,
        { content: schemaOf(kind.content), checks: kind.checks, reviewAlways: alwaysReviewed(kind) },
      ]),
    ),
    guidelines: rules.guidelines.map(({ name, level, fields, kinds = null }) => ({ name, level, fields, kinds })),
    reservedSlugs: rules.reservedSlugs.toSorted(),
    contentVersion: rules.contentVersion,
  })
}

function schemaOf(content: z.ZodObject): Json {
  return z.toJSONSchema(content, { unrepresentable: 'any', io: 'input' }) as Json
}
