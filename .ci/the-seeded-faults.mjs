const lifecycle = { suite: 'packages/testing/src/lifecycle/lifecycle.test.ts', title: 'D13 agrees with the table' }
const model = {
  suite: 'packages/testing/src/model/marketplace-model-run.test.ts',
  title: 'random stories over the memory store',
}
const log = (title) => ({ suite: 'packages/store-sqlite/src/event-store.test.ts', title })
const commands = 'packages/core/src/listing/commands'

/** Each is one small mistake, and the suite that finds it: in the core, in the runtime, in the SQLite store. */
export const faults = [
  {
    name: 'the deadline is a millisecond early',
    file: `${commands}/publication.ts`,
    sound: 'return now > publishBy ? approvalExpired(publishBy) : undefined',
    faulty: 'return now >= publishBy ? approvalExpired(publishBy) : undefined',
    ...lifecycle,
  },
  {
    name: 'an approval expires at its deadline already',
    file: `${commands}/publication.ts`,
    sound: 'now > approvalOf(listing).publishBy ? undefined',
    faulty: 'now >= approvalOf(listing).publishBy ? undefined',
    ...lifecycle,
  },
  {
    name: 'a blocking question does not block',
    file: `${commands}/verdict.ts`,
    sound: 'forbiddenWhileHeld(listing) ?? blockingQuestion(listing) ?? openChecks(listing, facts)',
    faulty:
      'forbiddenWhileHeld(listing) ?? openChecks(listing, facts) ?? (false ? blockingQuestion(listing) : undefined)',
    ...lifecycle,
  },
  {
    name: 'a publisher withdraws what is suspended',
    file: `${commands}/live.ts`,
    sound: '(asker.member ? listingSuspended(listing) : undefined)',
    faulty: '(asker.member ? undefined : undefined)',
    ...lifecycle,
  },
  {
    name: 'a new slug needs no review',
    file: `${commands}/trusted-update.ts`,
    sound: "if (slug !== live.slug) fields.push('slug')",
    faulty: "if (slug === 'never') fields.push('slug')",
    ...lifecycle,
  },
  {
    name: 'checks carry over to other content',
    file: 'packages/core/src/listing/evolve.ts',
    sound: 'if (before?.contentHash !== contentHash) return verdicts',
    faulty: 'if (before === undefined || contentHash === "") return verdicts',
    ...lifecycle,
  },
  {
    name: 'after an extension nobody is reminded again',
    file: 'packages/core/src/listing/evolve.ts',
    sound: 'delete approval.remindedFor',
    faulty: 'void approval.remindedFor',
    ...lifecycle,
  },
  {
    name: 'a viewer asks for what is for listers',
    file: `${commands}/listing-row.ts`,
    sound: "members: ['administrator', 'lister'] } as const",
    faulty: "members: ['administrator', 'lister', 'viewer'] } as const",
    ...lifecycle,
  },
  {
    name: 'time does not decide first',
    file: 'packages/runtime/src/handle-command.ts',
    sound: 'if (due.length > 0) {',
    faulty: 'if (due.length > 99) {',
    ...model,
  },
  {
    name: 'a known command is decided anew',
    file: 'packages/runtime/src/handle-command.ts',
    sound: 'if (written) return firstAnswer',
    faulty: 'if (written && attempt > 99) return firstAnswer',
    ...model,
  },
  {
    name: 'a refusal is given on what was cached',
    file: 'packages/runtime/src/handle-command.ts',
    sound: '} else if (afresh || look.afresh) {',
    faulty: '} else if (afresh || look) {',
    ...model,
  },
  {
    name: 'what is approved in mode auto is not published',
    file: 'packages/core/src/policies/publish-on-approval.ts',
    sound: "if (data.publishMode === 'manual') return []",
    faulty: "if (data.publishMode === 'auto') return []",
    ...model,
  },
  {
    name: 'a reader begins one event late',
    file: 'packages/store-sqlite/src/read-log.ts',
    sound: "const where = ['e.position > ? AND e.position <= ?'",
    faulty: "const where = ['e.position >= ? AND e.position <= ?'",
    ...log('a reader that starts'),
  },
  {
    name: 'a page ends inside an append',
    file: 'packages/store-sqlite/src/read-log.ts',
    sound: 'WHERE position <= ? ORDER BY position DESC LIMIT 1',
    faulty: 'WHERE position < ? ORDER BY position DESC LIMIT 1',
    ...log('A51'),
  },
  {
    name: 'a stream is read one version late',
    file: 'packages/store-sqlite/src/read-stream.ts',
    sound: 'e.version >= ? ORDER BY e.version LIMIT ?`',
    faulty: 'e.version > ? ORDER BY e.version LIMIT ?`',
    ...log('A16'),
  },
  {
    name: 'a view is written by a runner that was overtaken',
    file: 'packages/store-sqlite/src/write-batch.ts',
    sound: 'return a?.logId === b?.logId && a?.position === b?.position && a?.id === b?.id',
    faulty: 'return a?.logId === b?.logId || a?.position === b?.position || a?.id === b?.id',
    suite: 'packages/store-sqlite/src/view-store.test.ts',
    title: 'B23',
  },
]
