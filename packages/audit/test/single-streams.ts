import { type EventStore, type Store, StoreError } from '@vitrine/core'

/** A store that is as one whose server checks nothing but the one stream that an append writes. */
export function singleStreams(store: Store): Store {
  return {
    async open() {
      const opened = await store.open()
      return { ...opened, log: oneStreamAtATime(opened.log) }
    },
  }
}

function oneStreamAtATime(log: EventStore): EventStore {
  return {
    ...log,
    traits: { ...log.traits, name: 'single streams', guards: false, spansStreams: false },
    append: async (append, options) => {
      if (append.writes.length === 1 && !append.guards?.length) return log.append(append, options)
      throw new StoreError('invalid', 'This store writes one stream at a time, and guards none.')
    },
  }
}
