import { describe, expect, it } from 'vitest'
import { defineMarketplace } from '../marketplace.js'
import { absoluteLink, defaultPages, invitationLink, pagesProblem } from './pages.js'

const baseUrl = 'https://market.example/shop/'
const ids = { publisherId: 'p-1', listingId: 'l-1', leadId: 'd-1', invitationId: 'i-1' }
const rules = defineMarketplace({ baseUrl })

describe('the pages that messages lead to', () => {
  it('are tried with ids of every kind before a message is written', () => {
    const pages = { ...defaultPages, lead: ({ leadId }: { readonly leadId: string }) => `/leads/${leadId.slice(0, 8)}` }
    expect(pagesProblem({ pages })).toBeUndefined()
  })

  it('stand under the base URL, each in its place', () => {
    const { publisher, listing, review, lead, invitation } = rules.pages
    const paths = [publisher, listing, review, lead, invitation].map((page) => page(ids))
    expect(paths.map((path) => absoluteLink(rules, path))).toEqual([
      'https://market.example/shop/publishers/p-1',
      'https://market.example/shop/publishers/p-1/listings/l-1',
      'https://market.example/shop/review/l-1',
      'https://market.example/shop/publishers/p-1/leads/d-1',
      'https://market.example/shop/publishers/p-1/invitations/i-1',
    ])
  })

  it('C10 an invitation’s secret is in the fragment, which no server gets to see, whatever the page', () => {
    expect(invitationLink(rules, ids, 'S_-1')).toBe('https://market.example/shop/publishers/p-1/invitations/i-1#S_-1')
    const own = defineMarketplace({ baseUrl, pages: { invitation: ({ invitationId }) => `/join?by=${invitationId}` } })
    const url = new URL(invitationLink(own, ids, 'S_-1'))
    expect([url.pathname, url.search, url.hash]).toEqual(['/shop/join', '?by=i-1', '#S_-1'])
  })

  it('those that a marketplace names are its own, the others stay', () => {
    const { pages } = defineMarketplace({ baseUrl, pages: { review: ({ listingId }) => `/desk/${listingId}` } })
    expect(pages.review(ids)).toBe('/desk/l-1')
    expect(pages.lead).toBe(defaultPages.lead)
  })

  it('are paths, and nothing that only reads like one', () => {
    const pages = { ...defaultPages, review: () => ['/desk'] as never }
    expect(pagesProblem({ pages })).toMatch(/^pages\.review gives a list of 1: a path was expected/)
    expect(pagesProblem({ pages: defaultPages })).toBeUndefined()
  })

  it('T17 the words that their paths begin with are reserved: no vanity URL can stand in their way', () => {
    const words = (reservedSlugs: readonly string[]) =>
      reservedSlugs.filter((word) => !rules.reservedSlugs.includes(word))
    const { reservedSlugs } = defineMarketplace({
      baseUrl,
      pages: {
        review: () => '/desk?of=all',
        lead: () => '/Deals/1',
        listing: () => '/portal/1',
        publisher: () => '/',
        invitation: () => '/join',
      },
    })
    expect(words(reservedSlugs)).toEqual(['portal', 'desk', 'join'])
    expect(rules.reservedSlugs).toEqual(expect.arrayContaining(['publishers', 'review']))
  })
})
