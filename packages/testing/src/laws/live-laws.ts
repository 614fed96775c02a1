import { isDeepStrictEqual } from 'node:util'
import { type Listing, type StoredEvent, step } from '@vitrine/core'
import type { World } from '../world.js'
import { firstOf, type Law, listingEventsIn } from './law.js'
import { wayToLive } from './way-to-live.js'

const changesLive = new Set([
  'Published',
  'Republished',
  'Withdrawn',
  'Suspended',
  'Reinstated',
  'MadePrivate',
  'MadePublic',
  'PrivateLinkRenewed',
])

/** What is live, and what can still be. */
export const liveLaws: readonly Law[] = [
  {
    title: 'T6 what is live never changes but by an event that says so',
    breach: (world) =>
      firstOf(stepsOf(world), ({ before, event, after }) => {
        if (changesLive.has(event.type) || isDeepStrictEqual(before.live, after.live)) return undefined
        return `${event.type} changed what is live: ${JSON.stringify(before.live)} became ${JSON.stringify(after.live)}.`
      }),
  },
  {
    title: 'T14 what goes live is what was approved, or what was live before',
    breach: (world) => {
      const published = new Map<number, unknown>()
      return firstOf(stepsOf(world), ({ before, event: { type, data } }) => {
        const revision = Number(data.revision)
        if (type === 'Published') {
          published.set(revision, data.content)
          const approved =
            before.working.status === 'approved' && isDeepStrictEqual(before.working.content, data.content)
          return approved ? undefined : `Revision ${revision} was published, and is not what was approved.`
        }
        if (type !== 'Republished' || isDeepStrictEqual(published.get(revision), data.content)) return undefined
        return `Revision ${revision} was republished, and is not what was live before.`
      })
    },
  },
  {
    title: 'every state that can be reached has a way on, to a publication; or it is final',
    breach: wayToLive,
  },
]

interface Step {
  readonly before: Listing
  readonly event: StoredEvent
  readonly after: Listing
}

/** The states on the way, event by event. */
function stepsOf(world: World): readonly Step[] {
  const { decider } = world.aggregates.listing
  let before = decider.initial()
  return listingEventsIn(world).map((event) => {
    const after = step(decider, before, event)
    const one = { before, event, after }
    before = after
    return one
  })
}
