import type * as z from 'zod'
import { appContent } from './content/app-content.js'
import { editorial, hard } from './content/guideline.js'
import { builtInGuidelines } from './content/guidelines.js'
import { serviceContent } from './content/service-content.js'
import { VitrineError } from './errors.js'
import { asItWas, knownFields, rulesProblem } from './marketplace-problems.js'
import { defaultPages, type Pages, wordsOfPages } from './messages/pages.js'
import type { Found, Guideline, Kind, Rules } from './rules.js'
import { guidelinesProblem, settingsProblem } from './settings-problem.js'

/** The kinds of listings of a marketplace, by name. */
export type Kinds = { readonly [kind: string]: Kind }

/** The rules of a marketplace, typed by its kinds. */
export type Marketplace<K extends Kinds = DefaultKinds> = Rules & { readonly kinds: K }

/** The content of a listing of one kind, while it is written: only what has been filled in is there. */
export type ContentOf<K extends Kinds, Name extends keyof K> = Partial<z.output<K[Name]['content']>>

/** The content of a listing of any of the kinds. */
export type AnyContentOf<K extends Kinds> = { [Name in keyof K]: ContentOf<K, Name> }[keyof K]

/** The fields that at least one of the kinds has. */
export type FieldOf<K extends Kinds> = { [Name in keyof K]: keyof z.output<K[Name]['content']> & string }[keyof K]

/** What a field holds when it has a value, in whichever kinds have it. */
export type ValueOf<K extends Kinds, Field extends string> = {
  [Name in keyof K]: Field extends keyof z.output<K[Name]['content']>
    ? Exclude<z.output<K[Name]['content']>[Field], undefined>
    : never
}[keyof K]

/** What a guideline sees: the fields that it names. Its only field has a value; of several, one at least has. */
export type Seen<K extends Kinds, Fields extends readonly string[]> = Fields extends readonly [string]
  ? { readonly [Field in Fields[number]]: ValueOf<K, Field> }
  : { readonly [Field in Fields[number]]?: ValueOf<K, Field> }

/** Makes a guideline whose check is typed by the kinds. `{ ...hard(…), kinds: ['app'] }` narrows it to some of them. */
export type MakeGuideline<K extends Kinds> = <const Fields extends readonly FieldOf<K>[]>(
  name: string,
  fields: Fields,
  check: (content: Seen<K, Fields>) => Found,
) => Guideline

/** What the `guidelines` of the settings make theirs with. */
export interface GuidelineMakers<K extends Kinds> {
  /** A rule that stands in the way of Submit. */
  readonly hard: MakeGuideline<K>
  /** A rule that is shown as advice. */
  readonly editorial: MakeGuideline<K>
}

/** `reviewAlways` of each kind names fields of its own content. */
export type ReviewedFields<K extends Kinds> = {
  readonly [Name in keyof K]: { readonly reviewAlways?: readonly FieldOf<Pick<K, Name>>[] }
}

/** What a marketplace may set. Everything but the base URL has a default. */
export interface MarketplaceSettings<K extends Kinds> extends Partial<Omit<Rules, 'pages' | 'kinds' | 'guidelines'>> {
  /** Absolute, http or https. */
  readonly baseUrl: string
  /** In place of {@link defaultPages}, as many as are elsewhere. The words that their paths begin with are reserved. */
  readonly pages?: Partial<Pages>
  /** Exactly these kinds exist; by default `app` and `service`. */
  readonly kinds?: K & ReviewedFields<K>
  /** Added to the built-in ones. */
  readonly guidelines?: (make: GuidelineMakers<K>) => readonly Guideline[]
  /** Added to {@link defaultReservedSlugs}. */
  readonly reservedSlugs?: readonly string[]
}

/** The kinds of a marketplace that names none. */
export const defaultKinds = {
  app: {
    content: appContent,
    checks: { content: 'required', architecture: 'optional', security: 'optional', demo: 'optional' },
  },
  service: { content: serviceContent, checks: { content: 'required', proofOfAbility: 'required' } },
} as const satisfies Kinds

/** Their type. */
export type DefaultKinds = typeof defaultKinds

/** Slugs that nobody may claim anywhere: they are, or may become, pages of the marketplace itself. */
export const defaultReservedSlugs: readonly string[] =
  `about account admin api app apps assets auth billing blog catalogue contact dashboard docs favicon health help home
   images index leads legal listing listings login logout me media new null preview privacy private public publisher
   publishers review robots search security service services settings signin signup sitemap static status support terms
   undefined user users vitrine well-known www`.split(/\s+/)

/**
 * The rules of a marketplace: what is left out is filled, what is wrong is said at once.
 * @throws VitrineError `bad-rules`, with a sentence that names what is wrong, where, and what was expected
 */
export function defineMarketplace<K extends Kinds = DefaultKinds>(settings: MarketplaceSettings<K>): Marketplace<K> {
  throwIf(settingsProblem(settings))
  const own = settings.guidelines?.(makersFor<K>()) ?? []
  throwIf(guidelinesProblem(own))
  const rules = filled(settings, own)
  throwIf(rulesProblem(rules))
  return rules
}

function throwIf(problem: string | undefined): void {
  if (problem !== undefined) throw new VitrineError('bad-rules', problem)
}

function filled<K extends Kinds>(settings: MarketplaceSettings<K>, own: readonly Guideline[]): Marketplace<K> {
  const {
    publishWithinDays = 60,
    firstResponseWithinHours = 48,
    contentVersion = 1,
    upcastContent = asItWas,
  } = settings
  const kinds = named((settings.kinds ?? defaultKinds) as K)
  const pages = Object.freeze({ ...defaultPages, ...settings.pages })
  return Object.freeze({
    baseUrl: settings.baseUrl.replace(/\/+$/, ''),
    pages,
    publishWithinDays,
    remindDaysBefore: largestFirst(settings.remindDaysBefore ?? defaultReminders(publishWithinDays)),
    firstResponseWithinHours,
    invitationDays: settings.invitationDays ?? 14,
    kinds,
    guidelines: [...builtInFor(kinds), ...own],
    reservedSlugs: [...new Set([...defaultReservedSlugs, ...(settings.reservedSlugs ?? []), ...wordsOfPages(pages)])],
    contentVersion,
    upcastContent,
  })
}

/** Stored content is what the schemas of its kind made: that is what the checks are typed by. */
function makersFor<K extends Kinds>(): GuidelineMakers<K> {
  return {
    hard: (name, fields, check) => hard(name, fields, (content) => check(content as Seen<K, typeof fields>)),
    editorial: (name, fields, check) => editorial(name, fields, (content) => check(content as Seen<K, typeof fields>)),
  }
}

/** Without a prototype: a kind named `constructor` exists only when somebody defines it. */
function named<K extends Kinds>(kinds: K): K {
  const bare = Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { ...kind, name }]))
  Object.setPrototypeOf(bare, null)
  return Object.freeze(bare) as K
}

function defaultReminders(publishWithinDays: number): readonly number[] {
  return [30, 14, 7, 1].filter((days) => days < publishWithinDays)
}

function largestFirst(days: readonly number[]): readonly number[] {
  return days.toSorted((a, b) => b - a)
}

/** The built-in guidelines that read a field which some kind has. */
function builtInFor(kinds: Kinds): readonly Guideline[] {
  const known = knownFields(kinds)
  return builtInGuidelines
    .map((guideline) => ({ ...guideline, fields: guideline.fields.filter((field) => known.has(field)) }))
    .filter(({ fields }) => fields.length > 0)
}
