import assert from 'node:assert/strict'
import type { Message } from '@vitrine/core'
import type { ContractCase } from './contract-case.js'
import {
  assertOutcome,
  messageTo,
  type NewNotifier,
  onStage,
  type ReceiverConduct,
  send,
  timed,
} from './notifier-stage.js'

/** What the receiver does not take, or does not say that it took. */
export function notifierFailureCases(newNotifier: NewNotifier): readonly ContractCase[] {
  return [
    onStage(newNotifier, 'what the receiver will never take is refused; the next one is delivered', async (stage) => {
      stage.behave('refuse')
      assertOutcome(await send(stage, messageTo(stage.address, 'message-1')), 'refused')
      assert.deepEqual(stage.taken(), [])
      stage.behave('accept')
      assertOutcome(await send(stage, messageTo(stage.address, 'message-2')), 'delivered')
      assert.equal(stage.taken().length, 1)
    }),
    onStage(newNotifier, 'what the receiver cannot take now is failed, and delivered when it can', async (stage) => {
      stage.behave('fail')
      assertOutcome(await send(stage, messageTo(stage.address)), 'failed')
      assert.deepEqual(stage.taken(), [])
      stage.behave('accept')
      assertOutcome(await send(stage, messageTo(stage.address)), 'delivered')
      assert.equal(stage.taken().length, 1)
    }),
    onStage(
      newNotifier,
      'C5 a receiver that does not answer: failed within the time-out, and delivered when it answers again',
      async (stage) => {
        stage.behave('stall')
        const [took, answer] = await timed(() => send(stage, messageTo(stage.address)))
        assertOutcome(answer, 'failed')
        assert.ok(took < short + patience, `the attempt took ${took} ms, with a time-out of ${short} ms`)
        stage.behave('accept')
        assertOutcome(await send(stage, messageTo(stage.address)), 'delivered')
        assert.equal(stage.taken().length, 1)
      },
      short,
    ),
    onStage(
      newNotifier,
      'C1 a receiver that takes the message and breaks off: failed, not sent again by that attempt, and the repeat has the same key',
      async (stage) => {
        stage.behave('drop')
        assertOutcome(await send(stage, messageTo(stage.address)), 'failed')
        assert.equal(stage.taken().length, 1)
        stage.behave('accept')
        assertOutcome(await send(stage, messageTo(stage.address)), 'delivered')
        const [first, repeated] = stage.taken()
        assert.equal(stage.taken().length, 2)
        assert.equal(repeated, first)
      },
    ),
    onStage(
      newNotifier,
      'C10 no reason holds anything of the address or of what the message says, whatever the receiver answers',
      async (stage) => {
        const message = messageTo(stage.address)
        const conducts: readonly ReceiverConduct[] = ['refuse', 'fail', 'stall', 'drop']
        for (const conduct of conducts) {
          stage.behave(conduct)
          const answer = await send(stage, message)
          assert.ok(answer.outcome !== 'delivered', conduct)
          for (const value of personalOf(message)) {
            assert.ok(!answer.reason.includes(value), `${conduct}: the reason "${answer.reason}" holds "${value}"`)
          }
        }
      },
      short,
    ),
  ]
}

/** Milliseconds: the time-out of attempts that are meant to run into it, and by how much they may miss it. */
const short = 600
const patience = 3000

/** Every text of the address and the facts that is long enough to be told from chance, and the words of the longer ones. */
function personalOf({ address, facts }: Message<object>): readonly string[] {
  const texts = textsOf([{ ...address, by: '' }, facts])
  return texts.flatMap((text) => [text, ...text.split(/[\s@/]+/)]).filter((text) => text.length >= 8)
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
