import { defineView, type KnownEvent, knownEvents } from '@vitrine/core'

/** How much happened around a publisher, of what, and when last. */
interface Activity {
  readonly events: number
  readonly lastAt: string
  readonly byType: { readonly [type: string]: number }
}

const touched = ({ metadata, stream }: KnownEvent) => [metadata.basis[0]?.stream ?? stream]

/** Reads every event and holds one document for each publisher: as many after a million events as after a thousand. */
export const activityOfPublishers = defineView({
  name: 'activity-of-publishers',
  version: 1,
  empty: { events: 0, lastAt: '', byType: {} } as Activity,
  on: Object.fromEntries(Object.keys(knownEvents).map((type) => [type, touched])) as {
    readonly [Type in KnownEvent['type']]: typeof touched
  },
  apply: ({ events, byType }, { type, metadata }) => ({
    events: events + 1,
    lastAt: metadata.occurredAt,
    byType: { ...byType, [type]: (byType[type] ?? 0) + 1 },
  }),
  indexes: ['events'],
})
