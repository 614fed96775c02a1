import type { Json, JsonObject } from '../json.js'
import { fieldLabel } from './field-phrase.js'
import { isHttpsLink } from './formats.js'
import { isGroup, isList, linesOf, textOf } from './read.js'

/** What a block of a page shows. */
export type Shown =
  | { readonly type: 'missing'; readonly phrase: string; readonly required: boolean }
  | { readonly type: 'text'; readonly paragraphs: readonly string[] }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'media'; readonly items: readonly ShownMedia[] }
  | { readonly type: 'links'; readonly items: readonly { readonly label: string; readonly url: string }[] }
  | { readonly type: 'facts'; readonly groups: readonly (readonly Fact[])[] }

/** A picture, film or document. `text` is its alternative text or caption. */
export interface ShownMedia {
  readonly url: string
  readonly mediaType: string
  readonly text: string
  /** Of a related document. */
  readonly category?: string
}

/** A name and what stands under it: `Phone`, `+33 1 23 45 67 89`. */
export interface Fact {
  readonly label: string
  readonly value: string
}

/** How a value is shown, by its shape alone: fields of a marketplace's own schemas look as the built-in ones do. */
export function shownAs(value: Json): Shown {
  if (isGroup(value)) return groupsShown([value])
  if (!isList(value)) return textShown(plain(value))
  return value.length > 0 && value.every(isGroup) ? groupsShown(value) : { type: 'list', items: value.map(plain) }
}

function textShown(text: string): Shown {
  if (isHttpsLink(text)) return { type: 'links', items: [{ label: text, url: text }] }
  return {
    type: 'text',
    paragraphs: linesOf(text)
      .join('\n')
      .split(/\n\s*\n/),
  }
}

function groupsShown(groups: readonly JsonObject[]): Shown {
  if (groups.every(isMedia)) return { type: 'media', items: groups.map(mediaShown) }
  if (groups.every(isLink))
    return { type: 'links', items: groups.map(({ label, url }) => ({ label: textOf(label), url: textOf(url) })) }
  return { type: 'facts', groups: groups.map(factsOf) }
}

function isMedia({ url, mediaType }: JsonObject): boolean {
  return typeof url === 'string' && typeof mediaType === 'string'
}

function isLink({ url, label }: JsonObject): boolean {
  return typeof url === 'string' && typeof label === 'string'
}

function mediaShown({ url, mediaType, alt, caption, category }: JsonObject): ShownMedia {
  return {
    url: textOf(url),
    mediaType: textOf(mediaType),
    text: textOf(alt ?? caption),
    ...(category === undefined ? {} : { category: plain(category) }),
  }
}

function factsOf(group: JsonObject): readonly Fact[] {
  return Object.entries(group).map(([name, value]) => ({ label: fieldLabel(name), value: plain(value) }))
}

function plain(value: Json): string {
  if (isList(value)) return value.map(plain).join(', ')
  if (isGroup(value))
    return factsOf(value)
      .map(({ label, value: text }) => `${label}: ${text}`)
      .join('; ')
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value ?? '')
}
