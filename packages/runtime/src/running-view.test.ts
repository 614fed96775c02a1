import { type AnyView, type Checkpoint, defineView, type StoredEvent, shapeOf } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { expect, it } from 'vitest'
import { foldAhead, openView, writeFilled } from './running-view.js'

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

function at(position: number): Checkpoint {
  return { logId: 'log', position, id: `e-${position}` }
}

function counted(stream: string, position: number) {
  const metadata = {} as StoredEvent['metadata']
  const event = { id: `e-${position}`, stream, version: 0, position, type: 'Counted', data: {}, metadata }
  return { event, foreign: false, fault: undefined }
}
