import { defineView, type KnownEvent, knownEvents } from '@vitrine/core'

/** How much happened around a publisher, what last, and when. */
interface Activity {
  readonly events: number
  readonly last: string
  readonly lastAt: string
}

const touched = ({ metadata, stream }: KnownEvent) => [metadata.basis[0]?.stream ?? stream]

/** Reads every event and holds one document for each publisher: as many after a million events as after a thousand. */
export const activityOfPublishers = defineView({
  name: 'activity-of-publishers',
  version: 1,
  empty: { events: 0, last: '', lastAt: '' } as Activity,
  on: Object.fromEntries(Object.keys(knownEvents).map((type) => [type, touched])) as {
    readonly [Type in KnownEvent['type']]: typeof touched
  },
  apply: ({ events }, { type, metadata }) => ({ events: events + 1, last: type, lastAt: metadata.occurredAt }),
  indexes: ['events'],
})
