export type {
  ClientEvent,
  ClientReading,
  ClientSubscription,
  Credentials,
  DbClient,
  RecordedEvent,
  ServerPosition,
} from './db-client.js'
export { type EventStoreDbStoreOptions, eventStoreDbStore } from './eventstoredb-store.js'
