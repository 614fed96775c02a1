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
  const path = link.startsWith(`${baseUrl}/`) ? link.slice(baseUrl.length) : link
  const names = path.startsWith('/') ? [linkOf(path)] : [path, `/${path}`]
  for (const name of names) {
    const [found] = (await links.find({ ...asking, where: { links: name }, limit: 1 })).documents
    if (!found) continue
    const { listingId, revision, visibility, path } = found
    return { listingId, revision, visibility, path }
  }
  return undefined
}
