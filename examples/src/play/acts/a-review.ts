import { luke, rita } from '../cast.js'
import type { Act } from './act.js'
import { passes, underReview } from './moves.js'

/** An app is reviewed, with a question and its answer, and goes live by itself. */
export const aReview: Act = {
  needs: ['ledgerline.json'],
  async play(stage) {
    const { id: listingId, name } = stage.listing('ledgerline.json')
    await stage.scene('2026-01-07T09:00Z', `${name} is reviewed, and goes live by itself`)
    await stage.asks(luke, 'submits it; once approved it shall go live without a click', {
      type: 'Submit',
      listingId,
      publishMode: 'auto',
    })
    await stage.quietly(rita, { type: 'StartReview', listingId })
    await stage.asks(rita, 'wants to know something first', {
      type: 'AskQuestion',
      listingId,
      text: 'Who can read a customer’s books?',
      blocking: true,
    })
    await stage.asks(rita, 'wants to approve it before the answer is there', {
      type: 'Approve',
      ...(await underReview(stage, listingId)),
    })
    const questionId = (await stage.stateOf(listingId)).questionsAsked.at(-1) ?? ''
    await stage.does(luke, {
      type: 'AnswerQuestion',
      listingId,
      questionId,
      text: 'Two people on call, with the customer’s consent.',
    })
    await stage.asks(
      rita,
      'checks the text and the security, then approves',
      ...passes(listingId, 'content', 'security'),
      { type: 'Approve', ...(await underReview(stage, listingId)) },
    )
  },
}
