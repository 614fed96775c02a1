import { described } from '../content/problems.js'

/**
 * Where the pages of the portal are, so that messages lead there: from ids to a path, which begins with a slash and
 * follows the base URL. It may have a query, never a fragment.
 */
export interface Pages {
  /** A publisher: its listings, its rights. */
  publisher(of: { readonly publisherId: string }): string
  /** A listing, for its publisher: where questions are answered, and where it is published. */
  listing(of: { readonly publisherId: string; readonly listingId: string }): string
  /** A listing, for those who review it. */
  review(of: { readonly listingId: string }): string
  /** A lead, for those who work it. */
  lead(of: { readonly publisherId: string; readonly leadId: string }): string
  /** Where an invitation is accepted. The page finds the secret in the fragment of its address: see {@link invitationLink}. */
  invitation(of: { readonly publisherId: string; readonly invitationId: string }): string
}

/** The pages of a marketplace that names none. */
export const defaultPages: Pages = {
  publisher: ({ publisherId }) => `/publishers/${publisherId}`,
  listing: ({ publisherId, listingId }) => `/publishers/${publisherId}/listings/${listingId}`,
  review: ({ listingId }) => `/review/${listingId}`,
  lead: ({ publisherId, leadId }) => `/publishers/${publisherId}/leads/${leadId}`,
  invitation: ({ publisherId, invitationId }) => `/publishers/${publisherId}/invitations/${invitationId}`,
}

/** The absolute link to a path of the marketplace. */
export function absoluteLink({ baseUrl }: { readonly baseUrl: string }, path: string): string {
  return `${baseUrl}${path}`
}

/**
 * The absolute link by which an invitation is accepted. The secret is its fragment: browsers keep that to themselves, so
 * that it stands in no log of a server or a proxy and in no referrer, only in the invitee's mail and browser.
 */
export function invitationLink(
  rules: { readonly baseUrl: string; readonly pages: Pages },
  of: { readonly publisherId: string; readonly invitationId: string },
  secret: string,
): string {
  return `${absoluteLink(rules, rules.pages.invitation(of))}#${secret}`
}

/** The first thing that is wrong with the pages, as a sentence. Each is asked for the path of an id. */
export function pagesProblem({ pages }: { readonly pages: Pages }): string | undefined {
  const stray = Object.keys(pages).find((name) => !pageNames.includes(name as keyof Pages))
  if (stray !== undefined) return `pages has "${stray}": one of ${pageNames.join(', ')} was expected.`
  return pageNames.map((name) => pageProblem(name, pages[name])).find((problem) => problem !== undefined)
}

/** The words that paths of these pages begin with, as far as they could be slugs: nobody may claim them (T17). */
export function wordsOfPages(pages: Pages): readonly string[] {
  const words = pageNames.map((name) => /^\/([a-z0-9-]+)(?=[/?]|$)/.exec(String(pathOfPage(pages[name])))?.[1])
  return words.filter((word) => word !== undefined)
}

const pageNames = Object.keys(defaultPages) as (keyof Pages)[]

const anId = '0190a000-0000-7000-8000-000000000001'
const anyIds = { publisherId: anId, listingId: anId, leadId: anId, invitationId: anId }

function pageProblem(name: keyof Pages, page: Pages[keyof Pages]): string | undefined {
  if (typeof page !== 'function')
    return `pages.${name} is ${described(page)}: a function from ids to a path was expected.`
  const path = pathOfPage(page)
  if (typeof path === 'string' && /^\/(?!\/)[^\s\p{Cc}\\#]*$/u.test(path)) return undefined
  return `pages.${name} gives ${described(path)}: a path was expected that begins with one slash, without spaces or a fragment.`
}

/** As rules that nobody has looked at yet may hold it. */
function pathOfPage(page: unknown): unknown {
  return isPage(page) ? page(anyIds) : undefined
}

function isPage(page: unknown): page is (of: typeof anyIds) => unknown {
  return typeof page === 'function'
}
