import { type MessageEvent, system } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { handClock } from '../test/stage.js'
import { messageStreams } from './message-streams.js'

const id = '0190a000-0000-7000-8000-000000000001'
const writing = { type: 'DeliverMessage', by: system }
const requested: MessageEvent = {
  type: 'MessageRequested',
  data: {
    policy: 'tell',
    key: 'begun',
    kind: 'draft-begun',
    event: { id, stream: 'listing-l-1', version: 0, position: 1, occurredAt: '2026-01-05T09:00:00.000Z' },
    recipients: [{ is: 'named', name: 'legal' }],
    notAfter: '2026-01-12T09:00:00.000Z',
  },
}
const claimed = (claim: string): MessageEvent => ({
  type: 'MessageAttempted',
  data: { recipient: 0, claim, attempt: 1, until: '2026-01-05T09:00:45.000Z' },
})

/** Two who write to one log of messages, and who are given the very same ids. */
async function twins() {
  const { messages } = await memoryStore().open()
  const clock = handClock()
  const counted = () => {
    let last = 0
    const uuid = () => {
      last += 1
      return `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`
    }
    return { uuid, token: uuid }
  }
  return [1, 2].map(() => messageStreams(messages, { clock, ids: counted() })) as [
    ReturnType<typeof messageStreams>,
    ReturnType<typeof messageStreams>,
  ]
}

describe('a message that two write to at once', () => {
  it('C1 is written by one: the other is told so, also when both write the very same event under the same id', async () => {
    const [one, other] = await twins()
    const [mine, theirs] = [await one.read(id), await other.read(id)]
    expect(await one.write(mine, [requested], writing)).toBe(1)
    expect(await other.write(theirs, [requested], writing)).toBeUndefined()
    const [read, alsoRead] = [await one.read(id), await other.read(id)]
    expect(await one.write(read, [claimed('c-1')], writing)).toBe(2)
    expect(await other.write(alsoRead, [claimed('c-1')], writing)).toBeUndefined()
    expect((await other.read(id)).message.deliveries[0]?.claim?.id).toBe('c-1')
  })

  it('is unknown before its request, and its time never runs backwards', async () => {
    const [one] = await twins()
    const at = await one.read(id)
    expect(at.message.id).toBe('')
    await one.write(at, [requested], writing)
    expect((await one.read(id)).message).toMatchObject({ id, requestedAt: '2026-01-05T09:00:00.000Z', position: 1 })
  })
})
