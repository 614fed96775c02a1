import type { Message } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { memoryNotifier, type NotifierStage, notifierContract, type ReceiverConduct, sampleMessages } from './index.js'

describe('a notifier in memory', () => {
  for (const { title, run } of notifierContract(async ({ timeout }) => stage(timeout))) it(title, run)

  it('keeps every attempt, and what was delivered', async () => {
    const notifier = memoryNotifier({
      answer: (_, attempt) => (attempt < 3 ? { outcome: 'failed', reason: 'Not yet.' } : { outcome: 'delivered' }),
    })
    const [one, other] = sampleMessages('fr', { by: 'email', email: 'camille@atelier-valmont.example' })
    const signal = new AbortController().signal
    for (const message of [one!, one!, other!, one!]) await notifier.send(message, { signal })
    expect(notifier.attempts).toEqual([one, one, other, one])
    expect(notifier.sent).toEqual([one])
  })
})

function stage(timeout: number): NotifierStage {
  const taken: string[] = []
  let conduct: ReceiverConduct = 'accept'
  const take = ({ id }: Message<object>) => taken.push(id)
  const notifier = memoryNotifier({
    timeoutMs: timeout,
    answer: (message) => {
      if (conduct === 'stall') return new Promise(() => {})
      if (conduct === 'refuse') return { outcome: 'refused', reason: 'It never will.' }
      if (conduct === 'fail') throw new Error('not now')
      take(message)
      return conduct === 'drop' ? { outcome: 'failed', reason: 'It broke off.' } : { outcome: 'delivered' }
    },
  })
  return {
    notifier,
    address: { by: 'email', email: 'nora@northwind.example', name: 'Nora West' },
    behave: (as) => {
      conduct = as
    },
    taken: () => taken,
    close: async () => {},
  }
}
