import assert from 'node:assert/strict'
import { locales } from '@vitrine/core'
import type { ContractCase } from './contract-case.js'
import { assertOutcome, everyMessageTo, messageTo, type NewNotifier, onStage, send } from './notifier-stage.js'

/** What is taken is delivered, and told from everything else by its key. */
export function notifierSendingCases(newNotifier: NewNotifier): readonly ContractCase[] {
  return [
    onStage(newNotifier, 'a message that is taken is delivered, and reaches the receiver once', async (stage) => {
      assert.ok(stage.notifier.name.length > 0)
      assert.equal(stage.notifier.by, stage.address.by)
      assertOutcome(await send(stage, messageTo(stage.address)), 'delivered')
      assert.equal(stage.taken().length, 1)
    }),
    onStage(
      newNotifier,
      'C1 a repeat has the same key as the first attempt, another message has another key',
      async (stage) => {
        for (const id of ['message-1', 'message-2', 'message-1']) {
          assertOutcome(await send(stage, messageTo(stage.address, id)), 'delivered')
        }
        const [first, other, repeated] = stage.taken()
        assert.equal(stage.taken().length, 3)
        assert.equal(repeated, first)
        assert.notEqual(other, first)
      },
    ),
    onStage(
      newNotifier,
      'every kind of message that it does not refuse is delivered in every language, and so is a kind that nobody knows',
      async (stage) => {
        const refused = new Set<string>(stage.refuses)
        const messages = locales.flatMap((locale) => everyMessageTo(stage.address, locale))
        for (const message of messages) {
          assertOutcome(await send(stage, message), refused.has(message.kind) ? 'refused' : 'delivered')
        }
        assert.equal(new Set(stage.taken()).size, messages.filter(({ kind }) => !refused.has(kind)).length)
      },
    ),
    onStage(newNotifier, '40 messages at once are delivered, each once', async (stage) => {
      const messages = Array.from({ length: 40 }, (_, index) => messageTo(stage.address, `message-${index}`))
      const answers = await Promise.all(messages.map((message) => send(stage, message)))
      for (const answer of answers) assertOutcome(answer, 'delivered')
      assert.equal(stage.taken().length, 40)
      assert.equal(new Set(stage.taken()).size, 40)
    }),
    onStage(newNotifier, 'an address of another kind is refused, and nothing is sent', async (stage) => {
      const other =
        stage.address.by === 'email'
          ? ({ by: 'webhook', url: 'https://publisher.example/hook', secrets: [] } as const)
          : ({ by: 'email', email: 'nora@northwind.example' } as const)
      assertOutcome(await send(stage, messageTo(other)), 'refused')
      assert.deepEqual(stage.taken(), [])
    }),
  ]
}
