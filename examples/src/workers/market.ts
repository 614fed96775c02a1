import { appendFileSync, readFileSync } from 'node:fs'
import { defineMarketplace, definePolicy, message, type Notifier, type Store } from '@vitrine/core'
import { type Clock, openMarketplace } from '@vitrine/runtime'
import { staffOf } from '@vitrine/testing'

/** The marketplace as every one of the processes opens it. */
export function openMarket(store: Store, received: string, clock?: Clock) {
  return openMarketplace({
    rules: defineMarketplace({ baseUrl: 'https://market.example', remindDaysBefore: [] }),
    store,
    staff: staffOf,
    policies: [welcome],
    notifiers: [postbox(received)],
    people: { contact: (actorId) => ({ email: `${actorId}@mail.example`, name: actorId }), reviewers: () => [] },
    messages: { sendWithin: 2_000, firstPause: 50, longestPause: 500, attempts: 1_000 },
    limits: { lease: 1_000, sweepEvery: 250 },
    ...(clock && { clock }),
  })
}

/** A message for each listing that is begun, so that it can be counted. */
const welcome = definePolicy({
  name: 'welcome',
  on: {
    Created: ({ data: { name } }) => [
      message({ key: 'welcome', kind: 'welcome', to: { address: 'team@mail.example' }, facts: { name } }),
    ],
  },
})

/** What was put into the postbox, and how often it was tried. */
export interface Posted {
  readonly what: 'begun' | 'taken'
  readonly id: string
}

/** A receiver that outlives whoever sends: it writes down each attempt, and whether it has taken the message, in a file. */
function postbox(file: string): Notifier {
  return {
    name: 'postbox',
    by: 'email',
    send: async ({ id }) => {
      const note = (what: Posted['what']) => appendFileSync(file, `${JSON.stringify({ what, id })}\n`)
      note('begun')
      await new Promise((resolve) => setTimeout(resolve, 5))
      note('taken')
      return { outcome: 'delivered' }
    },
    close: async () => undefined,
  }
}

export function postedIn(file: string): readonly Posted[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Posted)
}
