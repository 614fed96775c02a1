import { type LinkedListing, linkOf } from '@vitrine/core'
import type { Asking, ViewQuestions } from './view-question.js'

/** What a URL of the marketplace, a path, a slug or a token leads to now. The other ways to it are nobody's business. */
export async function resolveLink(
  links: ViewQuestions<LinkedListing>,
  baseUrl: string,
  link: string,
  asking: Asking,
): Promise<Omit<LinkedListing, 'links'> | undefined> {
  if (typeof link !== 'string') return undefined
  const path = pathIn(baseUrl, link)
  const names = path.startsWith('/') ? [linkOf(path)] : [path, `/${path}`]
  for (const name of names) {
    const [found] = (await links.find({ ...asking, where: { links: name }, limit: 1 })).documents
    if (!found) continue
    const { listingId, revision, visibility, path } = found
    return { listingId, revision, visibility, path }
  }
  return undefined
}

/** The path, slug or token of a link as people pass it on: with a query or a fragment, with a slash at the end, the host in capitals. */
function pathIn(baseUrl: string, link: string): string {
  const base = new URL(baseUrl)
  const prefix = base.pathname.replace(/\/$/, '')
  const url = URL.canParse(link) ? new URL(link) : undefined
  const isOurs = url?.origin === base.origin && url.pathname.startsWith(`${prefix}/`)
  const path = isOurs ? url.pathname.slice(prefix.length) : link.replace(/[?#].*$/s, '')
  return path.replace(/(.)\/$/, '$1')
}
