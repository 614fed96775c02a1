type Method = readonly [service: string, method: string, ...features: string[]]

const persistent = 'persistent_subscriptions.persistentsubscriptions'

/** What a 24.6.0 without projections says that it can do, in lower case as it does. Most of it is not here. */
export const supportedMethods: readonly Method[] = [
  ['gossip.gossip', 'read'],
  ['monitoring.monitoring', 'stats'],
  ...of('operations.operations', [
    'mergeindexes',
    'resignnode',
    'restartpersistentsubscriptions',
    'setnodepriority',
    'shutdown',
    'startscavenge',
    'stopscavenge',
  ]),
  ...of(
    persistent,
    ['create', 'delete', 'getinfo', 'list', 'read', 'replayparked', 'restartsubsystem', 'update'],
    ['stream', 'all'],
  ),
  ...of('redaction.redaction', ['geteventpositions', 'switchchunks']),
  ['server_features.serverfeatures', 'getsupportedmethods'],
  ['streams.streams', 'append'],
  ['streams.streams', 'batchappend', 'deadline_duration'],
  ['streams.streams', 'delete'],
  ['streams.streams', 'read', 'position', 'events'],
  ['streams.streams', 'tombstone'],
  ...of('users.users', [
    'changepassword',
    'create',
    'delete',
    'details',
    'disable',
    'enable',
    'resetpassword',
    'update',
  ]),
]

function of(service: string, methods: readonly string[], features: readonly string[] = []): Method[] {
  return methods.map((method) => [service, method, ...features])
}
