import assert from 'node:assert/strict'
import type { MessageLog } from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onOne, onTwo } from './contract-case.js'
import { append, eventsOf, fill, noted, pagesOf, versionOf } from './sample-appends.js'

/** Whole streams of the log of messages are forgotten, and nothing else. */
export function forgettingCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onTwo(newStore, 'a forgotten stream is read nowhere; the others stay as they are', async (one, other) => {
      await fill(one.messages, 'm-1', 3, 1)
      await fill(one.messages, 'm-2', 2, 2)
      const kept = (await eventsOf(one.messages)).filter(({ stream }) => stream === 'm-2')
      assert.deepEqual(await one.messages.forget([{ stream: 'm-1', version: 2 }]), ['m-1'])
      for (const { messages } of [one, other]) {
        assert.deepEqual(await eventsOf(messages), kept)
        assert.deepEqual((await messages.readStream('m-1')).events, [])
        assert.deepEqual((await messages.readStream('m-1', { backwards: true })).events, [])
        assert.deepEqual((await messages.readStream('m-2')).events, kept)
      }
    }),
    onOne(newStore, 'a stream that has moved on, or never was, is passed over', async ({ messages }) => {
      await fill(messages, 'm-1', 3)
      const others = [1, 3, 2 ** 52].map((version) => ({ stream: 'm-1', version }))
      assert.deepEqual(await messages.forget([...others, { stream: 'absent', version: 0 }]), [])
      assert.equal((await eventsOf(messages)).length, 3)
      assert.deepEqual(await messages.forget([]), [])
    }),
    onOne(newStore, 'what is gone already is said to be gone', async ({ messages }) => {
      await fill(messages, 'm-1', 3)
      for (const version of [2, 2, 3, 0]) assert.deepEqual(await messages.forget([{ stream: 'm-1', version }]), ['m-1'])
    }),
    onTwo(newStore, 'what was forgotten is not begun again, nor continued by who had read it', async (one, other) => {
      await fill(one.messages, 'm-1', 3)
      const repeat = append('m-1', 2, noted())
      await one.messages.forget([{ stream: 'm-1', version: 2 }])
      for (const { messages } of [one, other]) {
        await faultOf(messages.append(append('m-1', 'none', noted())), 'conflict')
        await faultOf(messages.append(repeat), 'conflict')
        assert.notEqual(await versionOf(messages, 'm-1'), 'none')
      }
    }),
    onOne(newStore, 'a repeat of the append that wrote what was forgotten is a conflict', async ({ messages }) => {
      const first = append('m-1', 'none', noted(), noted())
      await messages.append(first)
      assert.equal((await messages.append(first)).duplicate, true)
      await messages.forget([{ stream: 'm-1', version: 1 }])
      await faultOf(messages.append(first), 'conflict')
    }),
    onOne(newStore, 'A34 no position of what was forgotten is given again', async ({ messages }) => {
      await fill(messages, 'm-1', 3)
      const last = (await eventsOf(messages)).at(-1)!.position
      await messages.forget([{ stream: 'm-1', version: 2 }])
      const { position } = await messages.append(append('m-2', 'none', noted()))
      assert.ok(position > last)
    }),
    onOne(newStore, 'who stands at a place that was forgotten goes on from there', async ({ messages }) => {
      await fill(messages, 'm-1', 3, 1)
      const [page] = await pagesOf(messages)
      await messages.forget([{ stream: 'm-1', version: 2 }])
      const [empty] = await pagesOf(messages, { after: page!.through! })
      assert.deepEqual([empty!.events, empty!.atHead], [[], true])
      await fill(messages, 'm-2', 2)
      const after = await eventsOf(messages, { after: page!.through! })
      assert.deepEqual(
        after.map(({ stream }) => stream),
        ['m-2', 'm-2'],
      )
    }),
    onOne(newStore, 'many are forgotten at once, and every page between them is still full', async ({ messages }) => {
      const names = Array.from({ length: 240 }, (_, n) => `m-${n}`)
      for (const name of names) await fill(messages, name, 2)
      const gone = names.filter((_, n) => n % 3 > 0).map((stream) => ({ stream, version: 1 }))
      assert.equal((await messages.forget(gone)).length, gone.length)
      const left = (await eventsOf(messages, { limit: 7 })).map(({ stream }) => stream)
      assert.deepEqual(
        left,
        names.filter((_, n) => n % 3 === 0).flatMap((name) => [name, name]),
      )
    }),
    {
      title: 'what was forgotten stays so after a restart',
      run: async () => {
        const store = await newStore()
        const before = await store.open()
        await fill(before.messages, 'm-1', 3)
        await before.messages.forget([{ stream: 'm-1', version: 2 }])
        await before.close()
        const after = await store.open()
        assert.deepEqual(await eventsOf(after.messages), [])
        await faultOf(after.messages.append(append('m-1', 'none', noted())), 'conflict')
        await after.close()
      },
    },
    onTwo(newStore, 'a stream is forgotten or it grows, never both, each of 50 rounds', async (one, other) => {
      for (let round = 0; round < 50; round += 1) {
        const stream = `m-${round}`
        await fill(one.messages, stream, 2)
        const [forgotten, grew] = await Promise.all([
          one.messages.forget([{ stream, version: 1 }]),
          hasGrown(other.messages, stream),
        ])
        assert.equal(forgotten.length === 1, !grew, stream)
        assert.equal((await one.messages.readStream(stream)).events.length, grew ? 3 : 0)
      }
    }),
    onOne(newStore, 'A41 nothing is forgotten once it was closed', async ({ messages }) => {
      await fill(messages, 'm-1', 1)
      await messages.close()
      await faultOf(messages.forget([{ stream: 'm-1', version: 0 }]), 'closed')
    }),
  ]
}

async function hasGrown(messages: MessageLog, stream: string): Promise<boolean> {
  return messages.append(append(stream, 1, noted())).then(
    () => true,
    () => false,
  )
}
