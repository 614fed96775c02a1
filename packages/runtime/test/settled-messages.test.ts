import { memoryStore } from '@vitrine/store-memory'
import { memoryNotifier } from '@vitrine/testing'
import { expect, it } from 'vitest'
import { messagesIn } from './message-stage.js'
import { approve, done, handClock, liveIn, luc, olaf, open } from './stage.js'
import { mailboxes } from './tell.js'

/** A live listing of a publisher with the right to updates without a review; what came before was told to nobody. */
async function trusted() {
  const [store, clock, notifier] = [memoryStore(), handClock(), memoryNotifier({})]
  const market = await open({ store, clock, people: mailboxes, notifiers: [notifier] })
  const { publisherId, listingId } = await liveIn(market)
  await done(market, { type: 'GrantAutoApproval', publisherId }, { by: olaf })
  await market.catchUp()
  const told = notifier.sent.length
  const kinds = () => notifier.sent.slice(told).map(({ kind }) => kind)
  return { store, market, listingId, kinds }
}

async function update(market: object, listingId: string, changes: object, publishMode = 'manual') {
  await done(market, { type: 'StartRevision', listingId }, { by: luc })
  await done(market, { type: 'Revise', listingId, changes }, { by: luc })
  await done(market, { type: 'Submit', listingId, publishMode }, { by: luc })
}

it.each(['manual', 'auto'])(
  'P5 P8 of an update that is approved on trust, in mode %s, reviewers hear nothing, and it is recorded why',
  async (mode) => {
    const { store, market, listingId, kinds } = await trusted()
    await update(market, listingId, { headline: 'Better than before' }, mode)
    await market.catchUp()
    expect(new Set(kinds())).toEqual(new Set([mode === 'auto' ? 'approved-and-live' : 'publish-before']))
    const suppressed = (await messagesIn(store)).filter(({ type }) => type === 'MessageSuppressed')
    expect(suppressed.at(-1)).toMatchObject({ data: { reason: 'settled' } })
  },
)

it('P8 reviewers hear of an update that nobody trusts, for as long as it waits for them', async () => {
  const { market, listingId, kinds } = await trusted()
  await update(market, listingId, { pricing: { model: 'free' } })
  await market.catchUp()
  expect(kinds()).toEqual(['listing-submitted'])

  await done(market, { type: 'RecallSubmission', listingId }, { by: luc })
  await approve(market, listingId)
  await market.catchUp()
  expect(kinds()).toEqual(['listing-submitted', ...publishBefore])
})

/** The publisher's administrator and lister are told. */
const publishBefore = ['publish-before', 'publish-before']
