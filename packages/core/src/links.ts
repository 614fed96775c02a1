/** The path under which anyone reaches a public listing: its vanity URL when it has a slug. */
export function pathOf(listingId: string, slug?: string): string {
  return slug === undefined ? `/listings/${listingId}` : `/${slug}`
}

/** The path of a private link. Only those who were given it know the token. */
export function privatePath(token: string): string {
  return `${privatePrefix}${token}`
}

/** What a visitor brought, as it stands in the view `links`: a path as it is, a private path as its token. */
export function linkOf(path: string): string {
  return path.startsWith(privatePrefix) ? path.slice(privatePrefix.length) : path
}

const privatePrefix = '/private/'
