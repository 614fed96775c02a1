import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { beginningsOf, outsider, run, staff } from '../../test/run-view.js'
import { logOf, minute, type Step } from '../../test/stored-event.js'
import { catalogue } from './catalogue.js'

const { on, ...story } = listingStory()
const content = {
  name: 'Ledger',
  headline: 'Books that balance',
  shortDescription: 'Accounts for small firms.',
  longDescription: 'Every entry twice.',
  categories: ['finance', 'office'],
  markets: ['FR', 'BE'],
  contentLanguage: 'en',
  supportedLanguages: ['fr', 'en'],
  keywords: ['comptabilité'],
}
const live = [story.created(), story.submitted(), story.approved(), story.published(1, content, '/ledger')]
const seen = (...steps: Step[]) => run(catalogue, logOf(...live, ...steps)).get('l-1', outsider)

describe('when live for everyone', () => {
  it('a listing stands in the catalogue as it was published', () => {
    expect(seen()).toEqual({
      listingId: 'l-1',
      publisherId: 'p-1',
      kind: 'app',
      name: 'Ledger',
      headline: 'Books that balance',
      shortDescription: 'Accounts for small firms.',
      categories: ['finance', 'office'],
      markets: ['FR', 'BE'],
      languages: ['en', 'fr'],
      path: '/ledger',
      revision: 1,
      publishedAt: minute(4),
      updatedAt: minute(4),
      content,
    })
  })

  it('it is found by kind, by each category, by publisher and by path', () => {
    const ran = run(catalogue, logOf(...live))
    expect(ran.index('kind', 'name')).toEqual(['app Ledger l-1'])
    expect(ran.index('categories', 'name')).toEqual(['finance Ledger l-1', 'office Ledger l-1'])
    expect(ran.index('publisherId', 'publishedAt')).toEqual([`p-1 ${minute(4)} l-1`])
    expect(ran.index('path')).toEqual(['/ledger l-1'])
  })

  it('it is found by the words of its name, headline, descriptions, categories and keywords', () => {
    const words = run(catalogue, logOf(...live)).words('l-1')
    expect(words).toBe(
      'Ledger Books that balance Accounts for small firms. Every entry twice. finance office comptabilité',
    )
  })

  it('T6–T8 it stays unchanged while an update is written, reviewed, rejected and auto-rejected', () => {
    const before = seen()
    const update = [story.revisionStarted(), story.revised({ name: 'Other' }), story.submitted('s-2', 2)]
    expect(seen(...update, story.reviewStarted(), story.rejected('s-2'))).toEqual(before)
    expect(seen(...update, story.approved('s-2'), story.autoRejected())).toEqual(before)
  })

  it('an update takes its place, and keeps the day on which the listing came', () => {
    const entry = seen(
      story.revisionStarted(),
      story.published(2, { name: 'Ledger 2' }),
      on('Superseded', { revision: 1 }),
    )
    expect(entry).toMatchObject({ name: 'Ledger 2', revision: 2, publishedAt: minute(4), updatedAt: minute(6) })
  })

  it('one that names no language has none', () => {
    expect(seen(story.published(2, { name: 'Ledger 2' }))?.languages).toEqual([])
  })

  it('T21 republishing an archived revision brings its content back', () => {
    const entry = seen(story.published(2, { name: 'Ledger 2' }), story.republished(1, content, '/ledger'))
    expect(entry).toMatchObject({ name: 'Ledger', revision: 1, path: '/ledger' })
  })
})

describe('what is kept of a listing', () => {
  it('is gone with it', () => {
    expect(run(catalogue, logOf(story.created(), story.deleted())).documents.size).toBe(0)
  })

  it('stands once: beside it are only the fields by which it is found', () => {
    const document = run(catalogue, logOf(...live)).documents.get('l-1') ?? {}
    expect(Object.keys(document).toSorted()).toEqual([
      'categories',
      'kept',
      'kind',
      'name',
      'path',
      'publishedAt',
      'publisherId',
    ])
  })
})

describe('when private, suspended, withdrawn or never live', () => {
  const gone = {
    draft: [story.created()],
    deleted: [story.created(), story.deleted()],
    private: [...live, on('MadePrivate', { token: 't-1' })],
    'private from the first': [story.created(), story.publishedPrivately('t-1')],
    suspended: [...live, story.suspended()],
    withdrawn: [...live, story.withdrawn()],
  }

  it.each(Object.entries(gone))('T22 %s: nobody gets it, finds it, counts it or searches it', (_, steps) => {
    const ran = run(catalogue, logOf(...steps))
    expect(ran.get('l-1', outsider)).toBeUndefined()
    expect(ran.get('l-1', staff)).toBeUndefined()
    expect(beginningsOf(catalogue).flatMap((fields) => ran.index(...fields))).toEqual([])
    expect(ran.words('l-1')).toBe('')
  })

  it('it comes back as it was when reinstated, made public or republished', () => {
    const before = seen()
    expect(seen(story.suspended(), story.reinstated())).toEqual(before)
    expect(seen(on('MadePrivate', { token: 't-1' }), on('MadePublic', {}))).toEqual(before)
    expect(seen(story.withdrawn(), story.republished(1, content, '/ledger'))).toEqual({
      ...before,
      updatedAt: minute(6),
    })
  })

  it('T22 a private one that was suspended and reinstated is private again', () => {
    expect(seen(on('MadePrivate', { token: 't-1' }), story.suspended(), story.reinstated())).toBeUndefined()
  })

  it('T19 an update of a private listing stays out, and is what comes when it is made public', () => {
    const updated = [on('MadePrivate', { token: 't-1' }), story.publishedPrivately('t-1', 2, { name: 'Ledger 2' })]
    expect(seen(...updated)).toBeUndefined()
    expect(seen(...updated, on('MadePublic', {}))).toMatchObject({ name: 'Ledger 2', revision: 2 })
  })
})
