import { type AnyView, type Checkpoint, defineView, type StoredEvent, shapeOf } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { foldAhead, foldPage, lookAgain, openView, writeFilled } from './running-view.js'

const counts: AnyView = defineView<{ count: number }, 'Counted'>({
  name: 'counts',
  version: 1,
  empty: { count: 0 },
  on: { Counted: ({ stream }: StoredEvent) => [stream] },
  apply: ({ count }) => ({ count: count + 1 }),
})

it('B1 a first fill holds what is stored, also after a reading that failed', async () => {
  const { views } = await memoryStore().open()
  const table = await views.open(shapeOf(counts))
  await table.write({ from: undefined, to: at(1), put: [{ key: 'a', document: { count: 10 } }], remove: [] })
  const running = await openView(views, shapeOf(counts), counts)
  await foldAhead(running, [counted('b', 2)], at(2))
  const load = running.table.load
  running.table = { ...running.table, load: () => Promise.reject(new Error('The disk')) }
  await expect(foldAhead(running, [counted('a', 3)], at(3))).rejects.toThrow('The disk')
  running.table = { ...running.table, load }
  await foldAhead(running, [counted('a', 3)], at(3))
  await writeFilled(running)
  expect(await table.load(['a', 'b'])).toEqual(new Map(Object.entries({ a: { count: 11 }, b: { count: 1 } })))
})

/** A view that throws at an event which a document holds already. */
const onceEach: AnyView = defineView<{ events: readonly string[] }, 'Counted'>({
  name: 'once-each',
  version: 1,
  empty: { events: [] },
  on: { Counted: () => ['all'] },
  apply: ({ events }, { id }: StoredEvent) => {
    if (events.includes(id)) throw new Error(`${id} came twice`)
    return { events: [...events, id] }
  },
})

describe.each([
  ['a page', foldPage],
  ['a first fill', foldAhead],
])('%s that throws', (_, fold) => {
  const opened = async () => {
    const { views } = await memoryStore().open()
    const table = await views.open(shapeOf(onceEach))
    return { table, running: await openView(views, shapeOf(onceEach), onceEach) }
  }
  const put = [{ key: 'all', document: { events: ['e-1'] } }]

  it('B23 on what another runner has brought further meanwhile stops nothing: it goes on from there', async () => {
    const { table, running } = await opened()
    await table.write({ from: undefined, to: at(1), put, remove: [] })
    await fold(running, [counted('a', 1)], at(1))
    expect(running).toMatchObject({ stopped: undefined, filling: undefined, checkpoint: at(1) })
    await fold(running, [counted('a', 2)], at(2))
    await writeFilled(running)
    expect(await table.load(['all'])).toEqual(new Map([['all', { events: ['e-1', 'e-2'] }]]))
  })

  it('B5 on what stands where it began stops it', async () => {
    const { table, running } = await opened()
    await table.write({ from: undefined, to: at(1), put, remove: [] })
    await lookAgain(running)
    await fold(running, [counted('a', 1)], at(2))
    expect(running.stopped).toMatchObject({ code: 'view-stopped', reason: 'e-1 came twice' })
  })
})

function at(position: number): Checkpoint {
  return { logId: 'log', position, id: `e-${position}` }
}

function counted(stream: string, position: number) {
  const metadata = {} as StoredEvent['metadata']
  const event = { id: `e-${position}`, stream, version: 0, position, type: 'Counted', data: {}, metadata }
  return { event, foreign: false, fault: undefined }
}
