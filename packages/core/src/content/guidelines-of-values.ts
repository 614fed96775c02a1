import type { Json, JsonObject } from '../json.js'
import type { Guideline } from '../rules.js'
import { isCountryCode, isEmail, isHttpsLink, isLanguageTag, isPhone } from './formats.js'
import { editorial, hard } from './guideline.js'
import { groupsOf, textOf, textsOf } from './read.js'

const linked = ['icon', 'banner', 'screenshots', 'videos', 'documents', 'supportLinks', 'demoUrl']

/** What links, contacts, languages, countries and prices must keep to. */
export const valueGuidelines: readonly Guideline[] = [
  hard('https-links', linked, (content) =>
    linked.flatMap((field) =>
      linksIn(content[field])
        .filter((link) => !isHttpsLink(link))
        .map((link) => ({
          field,
          message: `"${link}" is no secure link. Give a whole one that begins with https://.`,
        })),
    ),
  ),
  hard('support-contact-reachable', ['supportContacts'], ({ supportContacts }) =>
    groupsOf(supportContacts).flatMap((contact, index) => (isReachable(contact) ? [] : [unreachable(index)])),
  ),
  editorial('support-contact-format', ['supportContacts'], ({ supportContacts }) =>
    groupsOf(supportContacts).filter(isReachable).flatMap(misspelt),
  ),
  hard('language-tags', ['contentLanguage', 'supportedLanguages'], (content) =>
    ['contentLanguage', 'supportedLanguages'].flatMap((field) =>
      wordsIn(content[field])
        .filter((tag) => !isLanguageTag(tag))
        .map((tag) => ({ field, message: `"${tag}" is no language tag. Write it as in en or fr-CA.` })),
    ),
  ),
  hard('market-codes', ['markets'], ({ markets }) =>
    textsOf(markets)
      .filter((code) => !isCountryCode(code))
      .map((code) => `"${code}" is no country code. Write two capital letters, as in FR.`),
  ),
  hard('pricing-terms', ['pricing'], ({ pricing }) =>
    groupsOf(pricing)
      .filter(({ model, terms }) => model !== 'free' && textOf(terms).trim() === '')
      .map(
        ({ model }) => `The price is "${textOf(model)}" without terms. Say what a customer pays, or brings, and when.`,
      ),
  ),
  hard('product-version-number', ['productVersion'], ({ productVersion }) =>
    groupsOf(productVersion)
      .filter(({ number }) => textOf(number).trim() === '')
      .map(() => 'The product version has no number. Give it, or remove the product version.'),
  ),
  hard('other-service-described', ['offered'], ({ offered }) =>
    groupsOf(offered)
      .filter(({ service, description }) => service === 'other' && textOf(description).trim() === '')
      .map(() => 'A service is listed as "other" without a description. Say what it is.'),
  ),
]

/** A text is a link itself; groups of fields have theirs in `url`. */
function linksIn(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : groupsOf(value).map(({ url }) => textOf(url))
}

function wordsIn(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : textsOf(value)
}

function isReachable({ phone, email }: JsonObject): boolean {
  return isPhone(textOf(phone)) || isEmail(textOf(email))
}

function unreachable(index: number): string {
  return `Support contact ${index + 1} has neither a valid telephone number nor a valid e-mail address. Give one of them.`
}

function misspelt({ phone, email }: JsonObject): readonly string[] {
  return [
    ...(textOf(phone) === '' || isPhone(textOf(phone))
      ? []
      : [`"${textOf(phone)}" is no telephone number that can be called.`]),
    ...(textOf(email) === '' || isEmail(textOf(email)) ? [] : [`"${textOf(email)}" is no e-mail address.`]),
  ]
}
