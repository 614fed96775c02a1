import { type Locale, locales, type Message, type MessageKind } from '@vitrine/core'
import { footerOf } from './footer.js'
import { letter, type WrittenEmail } from './letter.js'
import type { About, AnyTemplates, Template, Templates } from './template.js'
import { builtInTemplates } from './templates/built-in-templates.js'
import { plainTemplate } from './templates/plain-template.js'

/** How messages are written. */
export interface Writing<Kind extends string = MessageKind> extends Omit<AnyWriting, 'templates'> {
  /** Take the place of the built-in ones, each for its kind and language; kinds of one's own have none but these. */
  readonly templates?: Templates<Kind>
}

/** The same, whatever kinds there are. */
export interface AnyWriting {
  /** What the marketplace calls itself. */
  readonly marketplace: string
  readonly templates?: AnyTemplates
  /** Lines at the end of every message, such as who is responsible for it by law. */
  readonly imprint?: { readonly [L in Locale]?: readonly string[] }
}

/** The message as an e-mail, as it would be sent: to look at, and for tests of one's own templates. */
export function writeEmail<const Kind extends string = MessageKind>(
  message: Message<object>,
  writing: Writing<Kind>,
): WrittenEmail {
  return write(message, writing)
}

/** The message as an e-mail, by whatever templates there are. */
export function write(message: Message<object>, { marketplace, templates, imprint }: AnyWriting): WrittenEmail {
  const { template, locale } = choose(message, templates)
  const about: About = { marketplace, locale, occurredAt: message.occurredAt }
  const { address } = message
  return letter(template(message.facts as never, about), {
    marketplace,
    locale,
    footer: [...footerOf(message, about), ...(imprint?.[locale] ?? [])],
    ...(address.by === 'email' && address.name !== undefined ? { to: address.name } : {}),
  })
}

/**
 * The marketplace's own template for the locale of the recipient, else for its language, else the built-in one in that
 * language or in English, else the marketplace's own in the language that it has, else a plain one.
 */
function choose(
  { kind, locale: wanted }: Message<object>,
  templates: AnyTemplates = {},
): { readonly template: Template<never>; readonly locale: Locale } {
  const own = named(templates, kind) ?? {}
  const language = wanted.split(/[-_]/)[0]?.toLowerCase() ?? ''
  const locale = locales.find((one) => one === language) ?? 'en'
  const template =
    named(own, wanted) ??
    named(own, language) ??
    own[locale] ??
    named<AnyTemplates[string]>(builtInTemplates, kind)?.[locale]
  if (template) return { template, locale }
  const other = locales.find((one) => own[one]) ?? locale
  return { template: own[other] ?? plainTemplate(kind), locale: other }
}

function named<One>(all: { readonly [name: string]: One }, name: string): One | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined
}
