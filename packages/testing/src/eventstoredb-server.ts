export {
  type EventStoreDb,
  type EventStoreDbCluster,
  type EventStoreDbOptions,
  startEventStoreDb,
  startEventStoreDbCluster,
} from './eventstoredb/start-eventstoredb.js'
export type { CallKind, Fault } from './eventstoredb/wire/faults.js'
export { type EventStoreDbCommand, runEventStoreDb } from './eventstoredb-command.js'
export { type EventStoreDbProcess, type EventStoreDbProcessOptions, spawnEventStoreDb } from './eventstoredb-process.js'
