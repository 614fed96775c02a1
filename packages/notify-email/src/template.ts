import type { FactsOf, Locale, MessageKind } from '@vitrine/core'
import type { EmailDocument } from './email-document.js'

/** Beside its facts, what a template may want to know. */
export interface About {
  /** What the marketplace calls itself. */
  readonly marketplace: string
  /** The language of greeting, signature and footer: the nearest to the recipient's. */
  readonly locale: Locale
  /** When what the message tells of happened: a UTC instant. */
  readonly occurredAt: string
}

/** Writes the messages of one kind in one language. */
export type Template<Facts> = (facts: Facts, about: About) => EmailDocument

/**
 * Templates by kind and language (`fr`) or locale (`fr-CA`); of a kind of one's own too. What is not there is written by the
 * built-in ones.
 */
export type Templates<Kind extends string = string> = {
  readonly [K in Kind]: { readonly [locale: string]: Template<FactsOf<K>> }
}

/** Templates whose facts are of any kind: each is only ever handed those of its own. */
export type AnyTemplates = { readonly [kind: string]: { readonly [locale: string]: Template<never> } }

/** A built-in kind, in every language. */
export type BuiltIn<Kind extends MessageKind> = { readonly [L in Locale]: Template<FactsOf<Kind>> }
