import assert from 'node:assert/strict'
import {
  type EventStore,
  type LogPage,
  parsedEvent,
  type ReadAllOptions,
  type StoredEvent,
  type StoredText,
  textOf,
} from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onOne } from './contract-case.js'
import { append, eventsOf, fill, noted, pagesOf } from './sample-appends.js'

/** Readers of the log who stand somewhere, and who leave something out. */
export function filterCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onOne(newStore, 'A19 a type or the beginning of a name is taken literally', async ({ log }) => {
      const named = ['listing_1', 'listingX1', 'listing%1', 'Listing_1']
      for (const [n, name] of named.entries())
        await log.append(append(name, 'none', noted({}, n % 2 ? 'Type_1' : 'TypeX1')))
      const streams = async (options: object) => (await eventsOf(log, options)).map(({ stream }) => stream)
      assert.deepEqual(await streams({ streamPrefix: 'listing_' }), ['listing_1'])
      assert.deepEqual(await streams({ streamPrefix: 'listing%' }), ['listing%1'])
      assert.deepEqual(await streams({ streamPrefix: 'listing' }), ['listing_1', 'listingX1', 'listing%1'])
      assert.deepEqual(await streams({ types: ['Type_1'] }), ['listingX1', 'Listing_1'])
      assert.deepEqual(await streams({ types: ['Type_1'], streams: ['listingX1', 'absent'] }), ['listingX1'])
      assert.deepEqual(await streams({ types: [] }), [])
    }),
    onOne(newStore, 'A52 a filter that leaves nothing still moves on to the head', async ({ log }) => {
      await fill(log, 's', 25, 5)
      const all = await eventsOf(log)
      const pages = await pagesOf(log, { types: ['Absent'], limit: 10 })
      assert.deepEqual(
        pages.flatMap(({ events }) => events),
        [],
      )
      assert.deepEqual(
        pages.map(({ through }) => through?.position),
        [9, 19, 24].map((at) => all[at]!.position),
      )
      assert.deepEqual(
        pages.map(({ atHead }) => atHead),
        [false, false, true],
      )
    }),
    onOne(newStore, 'A52 a filter moves neither where a reader starts nor where a page ends', async ({ log }) => {
      const all = await mixed(log)
      for (const [filter, passes] of filters) {
        for (const after of [0, all[4]!.position, { ...all[4]!, logId: log.logId }]) {
          const pages = await pagesOf(log, { after, limit: 4 })
          const left = pages.map((page) => ({ ...page, events: page.events.filter(passes) }))
          assert.deepEqual(await pagesOf(log, { ...filter, after, limit: 4 }), left)
        }
      }
    }),
    onOne(newStore, 'B17 a place that this log does not hold is refused, and the rebuild named', async ({ log }) => {
      await fill(log, 's', 5, 1)
      const [page] = await pagesOf(log)
      const here = page!.through!
      for (const wrong of [
        { logId: 'another' },
        { id: noted().id },
        { position: here.position + 500 },
        { position: 0 },
      ]) {
        const fault = await faultOf(eventsOf(log, { after: { ...here, ...wrong } }), 'log-replaced')
        assert.match(fault.message, /rebuild/)
      }
      assert.deepEqual(await eventsOf(log, { after: here }), [])
    }),
    onOne(newStore, 'B17 a place is checked for every reader: one with a filter, one that follows', async ({ log }) => {
      const all = await mixed(log)
      const wrong = { logId: log.logId, position: all[4]!.position, id: noted().id }
      for (const [filter] of filters) {
        for (const options of [filter, { ...filter, follow: true }]) {
          await faultOf(firstOf(log.readAll({ ...options, after: wrong })), 'log-replaced')
        }
      }
    }),
    onOne(newStore, 'a store that gives texts gives those of the same events, page by page', async ({ log }) => {
      const all = await mixed(log)
      await log.append(append('u', 'none', noted({ text: 'é "quoted" \\ \u2028', n: 1.5, of: [null, { deep: true }] })))
      for (const filter of [{ types: [] }, ...filters.map(([filter]) => filter)]) {
        for (const after of [0, all[4]!.position, { ...all[4]!, logId: log.logId }]) {
          const options = { ...filter, after, limit: 4 }
          assert.deepEqual(await parsedPagesOf(log, options), await pagesOf(log, options))
        }
      }
      const wrong = { logId: log.logId, position: all[4]!.position, id: noted().id }
      if (log.readTexts) await faultOf(firstOf(log.readTexts({ after: wrong })), 'log-replaced')
    }),
  ]
}

/** What a reader may ask for, and which events of {@link mixed} that is. */
const filters: readonly (readonly [filter: ReadAllOptions, passes: (event: StoredEvent) => boolean])[] = [
  [{}, () => true],
  [{ types: ['Kept'] }, ({ type }) => type === 'Kept'],
  [{ streams: ['s-1', 't-1'] }, ({ stream }) => stream !== 's-2'],
  [{ streamPrefix: 's-' }, ({ stream }) => stream.startsWith('s-')],
  [{ types: ['Kept'], streamPrefix: 's-' }, ({ type, stream }) => type === 'Kept' && stream.startsWith('s-')],
  [{ types: ['Kept'], streams: ['s-1'] }, ({ type, stream }) => type === 'Kept' && stream === 's-1'],
  [{ streams: ['s-1', 't-1'], streamPrefix: 's-' }, ({ stream }) => stream === 's-1'],
]

/** Three streams by turns, and two types, so that any filter leaves something out at the end of some page. */
async function mixed(log: EventStore): Promise<readonly StoredEvent[]> {
  const streams = ['s-1', 's-2', 't-1']
  for (let n = 0; n < 18; n += 1) {
    const version = Math.floor(n / 3)
    const event = noted({ n }, version % 2 ? 'Noted' : 'Kept')
    await log.append(append(streams[n % 3]!, version === 0 ? 'none' : version - 1, event))
  }
  return eventsOf(log)
}

async function firstOf<Page>(pages: AsyncIterable<Page>): Promise<Page | undefined> {
  for await (const page of pages) return page
  return undefined
}

/** Out of the texts that the store gives, or of those that whoever needs texts makes of its events. */
async function parsedPagesOf(log: EventStore, options: ReadAllOptions): Promise<readonly LogPage<StoredEvent>[]> {
  if (!log.readTexts) return (await pagesOf(log, options)).map((page) => parsedPage(withTexts(page)))
  const pages: LogPage<StoredEvent>[] = []
  for await (const page of log.readTexts(options)) pages.push(parsedPage(page))
  return pages
}

function parsedPage(page: LogPage<StoredText>): LogPage<StoredEvent> {
  return { ...page, events: page.events.map(parsedEvent) }
}

function withTexts(page: LogPage): LogPage<StoredText> {
  return { ...page, events: page.events.map(textOf) }
}
