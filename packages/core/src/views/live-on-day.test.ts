import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { outsider, run } from '../../test/run-view.js'
import { logOf, minute, type Step } from '../../test/stored-event.js'
import { liveAt, liveOnDay, stillLive } from './live-on-day.js'

const { on, ...story } = listingStory()
const content = { name: 'Ledger', headline: 'Books that balance' }
const ran = (...steps: Step[]) => run(liveOnDay, logOf(story.created(), ...steps))
const spansOf = (...steps: Step[]) =>
  ran(...steps)
    .get('l-1')
    ?.spans.map(({ from, until, revision, visibility }) => [from, until, revision, visibility])

describe('what was live', () => {
  it('is what was published, from that instant on', () => {
    const history = ran(story.published(1, content, '/ledger')).get('l-1')
    const span = { from: minute(2), until: null, revision: 1, visibility: 'public', path: '/ledger', ...content }
    expect(history).toEqual({
      listingId: 'l-1',
      publisherId: 'p-1',
      kind: 'app',
      firstFrom: minute(2),
      lastUntil: stillLive,
      spans: [span],
    })
  })

  it('T21 is said in the words of what was published, or republished', () => {
    const [first, second] = [content, { name: 'Ledger 2', headline: 'Twice' }]
    const { spans } = ran(story.published(1, first), story.published(2, second), story.republished(1, first)).get(
      'l-1',
    )!
    expect(spans.map(({ name, headline }) => ({ name, headline }))).toEqual([first, second, first])
  })

  it('T6–T8 ends when an update takes its place, not while one is written', () => {
    const update = [story.published(1), story.revisionStarted(), story.submitted('s-2', 2), story.published(2)]
    expect(spansOf(...update, on('Superseded', { revision: 1 }))).toEqual([
      [minute(2), minute(5), 1, 'public'],
      [minute(5), null, 2, 'public'],
    ])
  })

  it('T22 is interrupted by a suspension and comes back as it was', () => {
    expect(spansOf(story.publishedPrivately('t-1'), story.suspended(), story.reinstated(), story.withdrawn())).toEqual([
      [minute(2), minute(3), 1, 'private'],
      [minute(4), minute(5), 1, 'private'],
    ])
  })

  it('is told apart by who could reach it', () => {
    expect(spansOf(story.published(), on('MadePrivate', { token: 't-1' }), on('MadePublic', {}))).toEqual([
      [minute(2), minute(3), 1, 'public'],
      [minute(3), minute(4), 1, 'private'],
      [minute(4), null, 1, 'public'],
    ])
  })

  it('at an instant: from the first to before the last', () => {
    const history = ran(story.published(1), story.withdrawn(), story.republished(1)).get('l-1')!
    expect(liveAt(history, minute(1))).toBeUndefined()
    expect(liveAt(history, minute(2))).toMatchObject({ revision: 1, until: minute(3) })
    expect(liveAt(history, minute(3))).toBeUndefined()
    expect(liveAt(history, minute(9))).toMatchObject({ from: minute(4) })
  })

  it('is found by when it began and by when it ended', () => {
    const history = ran(story.published(), story.withdrawn())
    expect(history.index('firstFrom')).toEqual([`${minute(2)} l-1`])
    expect(history.index('lastUntil')).toEqual([`${minute(3)} l-1`])
    expect(history.index('publisherId', 'firstFrom')).toEqual([`p-1 ${minute(2)} l-1`])
  })

  it('T34 is for the publisher and staff', () => {
    expect(ran(story.published()).get('l-1', outsider)).toBeUndefined()
  })
})

it('nothing is said of what was never live', () => {
  expect(ran().get('l-1')).toBeUndefined()
  expect(ran(story.deleted()).documents.size).toBe(0)
})

it('what lasts stands behind every instant that a log can hold', () => {
  expect(stillLive > '9999-12-31T23:59:59.998Z').toBe(true)
})
