import assert from 'node:assert/strict'
import type { ContractCase } from './contract-case.js'
import { assertOutcome, messageTo, type NewNotifier, onStage, send, timed } from './notifier-stage.js'

/** Attempts that are stopped, and notifiers that are closed. */
export function notifierLifeCases(newNotifier: NewNotifier): readonly ContractCase[] {
  return [
    onStage(newNotifier, 'an attempt whose signal says so before it begins sends nothing', async (stage) => {
      const signal = AbortSignal.abort()
      assertOutcome(await stage.notifier.send(messageTo(stage.address), { signal }), 'failed')
      assert.deepEqual(stage.taken(), [])
    }),
    onStage(newNotifier, 'an attempt ends soon after its signal says so, and disturbs no other', async (stage) => {
      stage.behave('stall')
      const [took, answer] = await timed(() =>
        stage.notifier.send(messageTo(stage.address, 'message-1'), { signal: AbortSignal.timeout(200) }),
      )
      assertOutcome(answer, 'failed')
      assert.ok(took < 3000, `the attempt ended ${took} ms after it began, its signal came after 200 ms`)
      stage.behave('accept')
      assertOutcome(await send(stage, messageTo(stage.address, 'message-2')), 'delivered')
      assert.equal(stage.taken().length, 1)
    }),
    onStage(
      newNotifier,
      'A41 closing ends with what is under way, may be repeated, and after it an attempt is failed and sends nothing',
      async (stage) => {
        const underWay = send(stage, messageTo(stage.address, 'message-1'))
        await Promise.all([stage.notifier.close(), stage.notifier.close()])
        assertOutcome(await underWay, 'delivered')
        assertOutcome(await send(stage, messageTo(stage.address, 'message-2')), 'failed')
        await stage.notifier.close()
        assert.equal(stage.taken().length, 1)
      },
    ),
    onStage(
      newNotifier,
      'A41 closing does not wait for a receiver that does not answer longer than the time-out',
      async (stage) => {
        stage.behave('stall')
        const underWay = send(stage, messageTo(stage.address))
        const [took] = await timed(() => stage.notifier.close())
        assertOutcome(await underWay, 'failed')
        assert.ok(took < 3600, `closing took ${took} ms, with a time-out of 600 ms`)
      },
      600,
    ),
  ]
}
