import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtInViews, type Store } from '@vitrine/core'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { memoryStore } from '@vitrine/store-memory'
import { postgresStore } from '@vitrine/store-postgres'
import { sqliteStore } from '@vitrine/store-sqlite'
import { memoryNotifier } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { approve, day, done, draftIn, handClock, luc, olaf, open, publisherIn, rita } from './stage.js'

const stores: readonly [string, () => Promise<() => Store>][] = [
  ['memory', async () => sharing(memoryStore())],
  ['SQLite', async () => inFolder(mkdtempSync(join(tmpdir(), 'vitrine-')))],
  [
    'PostgreSQL',
    async () => {
      const connectionString = await postgresForTests()
      const schema = `elsewhere ${randomUUID()}`
      return () => postgresStore({ connectionString, schema })
    },
  ],
]

function sharing(store: Store): () => Store {
  return () => store
}

function inFolder(folder: string): () => Store {
  return () => sqliteStore(join(folder, 'market.db'))
}

describe.each(stores)('B12 a view that another process throws away and builds anew, in %s', (_, newStore) => {
  it('goes on in this one, and so does everything that leans on it', async () => {
    const store = await newStore()
    const clock = handClock()
    const notifier = memoryNotifier()
    const people = { contact: (id: string) => ({ email: `${id}@example.com` }), reviewers: () => [rita.id] }
    const service = await open({
      store: store(),
      clock,
      notifiers: [notifier],
      people,
      limits: { sweepEvery: 50, lease: 0 },
    })
    const publisherId = await publisherIn(service)
    const listingId = await draftIn(service, publisherId)
    await approve(service, listingId)
    service.start()
    await service.ready()

    const other = await open({ store: store(), clock })
    for (const name of [...Object.keys(builtInViews), 'deliveries'] as 'catalogue'[]) await other.rebuild(name)
    await other.ready()
    await other.close()

    const sentBefore = notifier.sent.length
    const { position: after } = await done(
      service,
      { type: 'Create', publisherId, kind: 'app', name: 'Second' },
      { by: luc },
    )
    const found = await service.asOperator.views.publisherListings.find({ where: { publisherId }, after })
    expect(found.documents).toHaveLength(2)
    clock.wait(61 * day)
    await until(async () => typeOfLast(await service.asOperator.history(listingId)) === 'AutoRejected')
    await until(async () => notifier.sent.length > sentBefore)
    await service.ready()
    await until(async () => (await service.health()).views.every(({ lag }) => lag.events === 0))
    expect((await service.health()).views.filter(({ stopped }) => stopped)).toEqual([])
    await service.close()
  })

  it('is taken up also where nothing runs in the background, and not opened before it is filled', async () => {
    const store = await newStore()
    const [service, other] = [await open({ store: store() }), await open({ store: store() })]
    const publisherId = await publisherIn(service)
    await draftIn(service, publisherId)
    await service.catchUp()
    await other.catchUp()
    await other.rebuild('publisherListings')
    await done(service, { type: 'SuspendPublisher', publisherId, reason: 'Unpaid' }, { by: olaf })
    await service.catchUp()
    for (const market of [service, other]) {
      const asking = { where: { publisherId } }
      expect((await market.asOperator.views.publisherListings.find(asking)).documents).toHaveLength(1)
      await market.close()
    }
  })
})

function typeOfLast(events: readonly { readonly type: string }[]): string | undefined {
  return events.at(-1)?.type
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20))
}
