import type { EventStore, OpenStore, Store, ViewTable } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import {
  duplicateOnRetry,
  emptyFromAnywhere,
  guardsForNewStreams,
  hundredKeys,
  lostOrder,
  type Otherwise,
  onlyFirstBody,
  onlyFirstGuard,
  silentWhereNothingIsLeft,
  storedBehind,
  swallowedConflict,
  throughWhatIsLeft,
  uncheckedBesideFilter,
} from './broken-stores.js'
import type { ContractCase, NewStore } from './contract-case.js'
import { eventStoreContract } from './event-store-contract.js'
import { messageLogContract } from './message-log-contract.js'
import { viewStoreContract } from './view-store-contract.js'

const firstEvent = 'A1 the first event of a stream has version 0, and a position'
const firstTable = 'a new table is not live, stands nowhere and holds nothing'

describe('the contract of event stores', () => {
  it.each<[string, Otherwise<EventStore>, string]>([
    [
      'lost order',
      lostOrder,
      'global order: a reader that walks while two others write gets every event once, in order',
    ],
    ['swallowed conflict', swallowedConflict, "A2 'none' on a stream that exists is a conflict that says so"],
    ['duplicate on retry', duplicateOnRetry, 'A9 a repeated append gets its first answer and writes nothing'],
    [
      'only the first guard is held',
      onlyFirstGuard,
      'A49 of several guards each is held, wherever it stands among them',
    ],
    [
      'guards are held for new streams alone',
      guardsForNewStreams,
      'A49 a guard is held whatever is written: to a stream that exists, and to several',
    ],
    [
      'a place is not checked beside a filter',
      uncheckedBesideFilter,
      'B17 a place is checked for every reader: one with a filter, one that follows',
    ],
    [
      'a page ends with what a filter left',
      throughWhatIsLeft,
      'A52 a filter moves neither where a reader starts nor where a page ends',
    ],
    [
      'silence where a filter leaves nothing',
      silentWhereNothingIsLeft,
      'A52 who follows with a filter gets what passes, and hears how far the log went with what does not',
    ],
    ['only the first body is compared', onlyFirstBody, 'A13 a known id with another body is refused'],
  ])(
    'fails for the right reason: %s',
    async (_fault, otherwise, title) => {
      const newStore = storesThat(({ log }) => ({ log: { ...log, ...otherwise(log) } }))
      expect(await brokenAmong(eventStoreContract(newStore), [firstEvent, title])).toEqual([title])
    },
    120_000,
  )

  it('fails for none of it where nothing is broken', async () => {
    const all = eventStoreContract(memoryStore).map(({ title }) => title)
    const titles = all.filter((title) => !slow.test(title))
    expect(await brokenAmong(eventStoreContract(storesThat(() => ({}))), titles)).toEqual([])
  }, 120_000)
})

describe('the contract of message logs', () => {
  it('fails for the right reason: who comes second is stored behind', async () => {
    const title = "A3 two connections append 'none' to the same stream: one wins, each of 200 rounds"
    const otherwise = storedBehind()
    const newStore = storesThat(({ messages }) => ({ messages: { ...messages, ...otherwise(messages) } }))
    expect(await brokenAmong(messageLogContract(newStore), [firstEvent, title])).toEqual([title])
  })
})

describe('the contract of view stores', () => {
  it.each<[string, Otherwise<ViewTable>, string]>([
    [
      'an empty batch is written from anywhere',
      emptyFromAnywhere,
      'B23 a runner that was overtaken is refused, and writes nothing',
    ],
    ['a hundred keys are enough', hundredKeys, 'documents are loaded in one question however many they are'],
  ])('fails for the right reason: %s', async (_fault, otherwise, title) => {
    const newStore = storesThat(({ views }) => ({
      views: {
        ...views,
        open: async (shape) => {
          const table = await views.open(shape)
          return { ...table, ...otherwise(table) }
        },
      },
    }))
    expect(await brokenAmong(viewStoreContract(newStore), [firstTable, title])).toEqual([title])
  })
})

/** Cases that take long, and that no store here breaks alone. */
const slow = /^(A43|A42|A17|A50|A3 )/

async function brokenAmong(contract: readonly ContractCase[], titles: readonly string[]): Promise<readonly string[]> {
  const broken: string[] = []
  for (const { title, run } of contract) {
    if (titles.includes(title)) await within(run(), 5000).catch(() => broken.push(title))
  }
  return broken
}

/** A broken store may keep a case waiting for ever. */
async function within(case_: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('It takes too long.')), milliseconds)
  })
  await Promise.race([case_, late]).finally(() => clearTimeout(timer))
}

function storesThat(otherwise: Otherwise<OpenStore>): NewStore {
  return (): Store => {
    const store = memoryStore()
    return {
      open: async () => {
        const opened = await store.open()
        return { ...opened, ...otherwise(opened) }
      },
    }
  }
}
