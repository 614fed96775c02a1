import { type Listing, listingAggregate } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { nameOf, publicNameOf } from './about-listing.js'

const nothing = listingAggregate.decider.initial()
const edition = (revision: number, name: string) => ({ revision, content: { name }, path: '/a', slug: null })
const archive = { 1: edition(1, 'First'), 2: edition(2, 'Second') } as object as Listing['archive']
const live = { status: 'public', revision: 1 } as Listing['live']

describe('what a listing is called', () => {
  it('is nothing before there is one', () => {
    expect([nameOf(nothing), publicNameOf(nothing)]).toEqual(['', ''])
  })

  it('T21 is what the live revision says, though it is not the last one', () => {
    expect([nameOf, publicNameOf].map((name) => name({ ...nothing, archive, live }))).toEqual(['First', 'First'])
  })

  it('is what the last one that was live said, once none is', () => {
    expect([nameOf, publicNameOf].map((name) => name({ ...nothing, archive }))).toEqual(['Second', 'Second'])
  })

  it('T21 is what was live when it was withdrawn, though a later revision had been live before', () => {
    const withdrawn: Listing['live'] = {
      status: 'none',
      withdrawn: { revision: 1, reason: 'Retired', by: 'publisher' },
    }
    const names = [nameOf, publicNameOf].map((name) => name({ ...nothing, archive, live: withdrawn }))
    expect(names).toEqual(['First', 'First'])
  })

  it('is what the working revision says, but not where customers see it', () => {
    const working: Listing['working'] = { status: 'draft', revision: 3, content: { name: 'Third' } }
    const listing = { ...nothing, archive, live, working }
    expect([nameOf(listing), publicNameOf(listing)]).toEqual(['Third', 'First'])
  })
})
