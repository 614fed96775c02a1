import type { EventStore, LogPage, ReadAllOptions } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { pageByPage } from './page-by-page.js'

const placeAt = (position: number) => ({ logId: 'log', position, id: `e${position}` })

/** A log of so many places, which says which readings were begun and which of them were ended. */
function logOf(places: number) {
  const begun: ReadAllOptions[] = []
  const ended: number[] = []
  async function* readAll(options: ReadAllOptions = {}): AsyncIterable<LogPage> {
    const number = begun.push(options)
    const { after = 0, limit = 1_000 } = options
    let at = typeof after === 'number' ? after : after.position
    try {
      do {
        at = Math.min(at + limit, places)
        yield { events: [], through: placeAt(at), atHead: at === places }
      } while (at < places)
    } finally {
      ended.push(number)
    }
  }
  const log: Pick<EventStore, 'readAll'> = { readAll }
  return { log: log as EventStore, begun, ended }
}

describe('a log that is read page by page', () => {
  it('goes on in one reading while each page is asked for where the one before it ended', async () => {
    const { log, begun } = logOf(100)
    const next = pageByPage(log)
    const first = await next(undefined, 10)
    const second = await next(first.through, 12)
    expect((await next(second.through, 8)).through).toEqual(placeAt(30))
    expect(begun).toEqual([{ limit: 10 }])
  })

  it('begins another from elsewhere, held against the log by its checkpoint, and ends the one it leaves', async () => {
    const { log, begun, ended } = logOf(100)
    const next = pageByPage(log)
    await next(undefined, 10)
    expect((await next(placeAt(40), 10)).through).toEqual(placeAt(50))
    expect(begun).toEqual([{ limit: 10 }, { limit: 10, after: placeAt(40) }])
    expect(ended).toEqual([1])
  })

  it('begins another when pages are to be of quite another size', async () => {
    const { log, begun } = logOf(100)
    const next = pageByPage(log)
    const { through } = await next(undefined, 10)
    await next(through, 30)
    expect(begun).toEqual([{ limit: 10 }, { limit: 30, after: placeAt(10) }])
  })

  it('looks anew behind the head', async () => {
    const { log, begun } = logOf(10)
    const next = pageByPage(log)
    const { through } = await next(undefined, 10)
    expect(await next(through, 10)).toEqual({ events: [], through: placeAt(10), atHead: true })
    expect(begun).toHaveLength(2)
  })
})
