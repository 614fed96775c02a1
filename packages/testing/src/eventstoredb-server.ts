export { type EventStoreDb, type EventStoreDbOptions, startEventStoreDb } from './eventstoredb/start-eventstoredb.js'
export type { CallKind, Fault } from './eventstoredb/wire/faults.js'
