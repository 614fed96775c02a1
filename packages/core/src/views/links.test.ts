import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { member, outsider, run } from '../../test/run-view.js'
import { logOf, type Step } from '../../test/stored-event.js'
import { links } from './links.js'

const { on, ...story } = listingStory()
const content = { name: 'Ledger' }
const own = '/listings/l-1'
const leading = (...steps: Step[]) => run(links, logOf(story.created(), ...steps)).index('links')

describe('when public', () => {
  it('its own path leads to it', () => {
    const ran = run(links, logOf(story.created(), story.published(1, content)))
    expect(ran.index('links')).toEqual([`${own} l-1`])
    expect(ran.get('l-1')).toEqual({ listingId: 'l-1', revision: 1, visibility: 'public', path: own, links: [own] })
  })

  it('T17 every slug under which a revision was live leads to the live one, also after a withdrawal and republication', () => {
    const renamed = [story.published(1, content, '/ledger'), story.published(2, content, '/ledger-pro')]
    expect(leading(...renamed)).toEqual([`${own} l-1`, '/ledger l-1', '/ledger-pro l-1'])
    const back = [...renamed, story.withdrawn(), story.republished(1, content, '/ledger')]
    expect(leading(...back)).toEqual([`${own} l-1`, '/ledger l-1', '/ledger-pro l-1'])
  })

  it('T17 a slug that was live only privately leads to it once it is public', () => {
    expect(leading(story.publishedPrivately('t-1', 1, content, '/ledger'), on('MadePublic', {}))).toEqual([
      `${own} l-1`,
      '/ledger l-1',
    ])
  })
})

describe('when private', () => {
  const live = [story.published(1, content, '/ledger'), on('MadePrivate', { token: 't-1' })]

  it('T17 T19 the current token alone leads to it', () => {
    expect(leading(...live)).toEqual(['t-1 l-1'])
    expect(leading(...live, on('PrivateLinkRenewed', { token: 't-2' }))).toEqual(['t-2 l-1'])
    expect(leading(...live, on('MadePublic', {}), on('MadePrivate', { token: 't-3' }))).toEqual(['t-3 l-1'])
  })

  it('T19 an update keeps the token', () => {
    expect(leading(...live, story.publishedPrivately('t-1', 2, content, '/ledger'))).toEqual(['t-1 l-1'])
  })

  it('T22 after a suspension the token leads to it again', () => {
    expect(leading(...live, story.suspended(), story.reinstated())).toEqual(['t-1 l-1'])
  })
})

describe('when nothing is shown', () => {
  it('T22 nothing leads to what is suspended, withdrawn or a draft', () => {
    expect(leading()).toEqual([])
    expect(leading(story.published(1, content, '/ledger'), story.suspended())).toEqual([])
    expect(leading(story.publishedPrivately('t-1'), story.suspended())).toEqual([])
    expect(leading(story.published(1, content, '/ledger'), story.withdrawn())).toEqual([])
  })
})

it('T19 nobody but the operator walks through the links', () => {
  const ran = run(links, logOf(story.created(), story.publishedPrivately('t-1')))
  expect(ran.get('l-1', member)).toBeUndefined()
  expect(ran.get('l-1', outsider)).toBeUndefined()
})
