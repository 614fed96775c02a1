import { type EventStore, type Store, StoreError } from '@vitrine/core'
import { withLog } from './stage.js'

/** A store that is as one whose server checks nothing but the one stream that an append writes. */
export function singleStreams(store: Store): Store {
  return withLog(store, ({ traits, append }) => ({
    traits: { ...traits, name: 'single streams', guards: false, spansStreams: false },
    append: async (...asked: Parameters<EventStore['append']>) => {
      const [{ writes, guards = [] }] = asked
      if (writes.length > 1 || guards.length > 0) {
        throw new StoreError('invalid', 'This store writes one stream at a time, and guards none.')
      }
      return append(...asked)
    },
  }))
}
