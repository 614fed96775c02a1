import type { Checkpoint, ViewStore, ViewTable } from '@vitrine/core'

/** Which streams were forgotten. Their events stay in the server's log until it is cleaned up, and are hidden until then. */
export interface Forgotten {
  /** Those of these streams that were forgotten, or are about to be: then only the server knows. */
  among(streams: readonly string[]): Promise<ReadonlyMap<string, 'begun' | 'gone'>>
  /** Noted before it is done, so that whoever dies in between leaves nothing that is shown again. */
  note(is: 'begun' | 'gone', streams: readonly string[]): Promise<void>
  /** Takes back what was only begun. */
  spare(streams: readonly string[]): Promise<void>
}

/** Notes in the store that stands beside the log. */
export async function forgottenIn(store: ViewStore, logId: string): Promise<Forgotten> {
  const table = await store.open({ name: `forgotten in ${logId}`, version: 1, indexes: [], text: false })
  const to = { logId, position: 0, id: '' }
  const write = async (put: readonly string[], is: string, remove: readonly string[]) => {
    if (put.length + remove.length === 0) return
    const documents = put.map((key) => ({ key, document: { is } }))
    await table.write({ from: await placeOf(table, to), to, put: documents, remove })
  }
  return {
    async among(streams) {
      const found = await table.load(streams)
      return new Map([...found].map(([stream, { is }]) => [stream, is === 'gone' ? 'gone' : 'begun']))
    },
    note: (is, streams) => write(streams, is, []),
    spare: (streams) => write([], '', streams),
  }
}

/** The notes follow nothing: their checkpoint is always the same, from the first one on. */
async function placeOf(table: ViewTable, to: Checkpoint): Promise<Checkpoint> {
  const { checkpoint } = await table.status()
  if (checkpoint) return checkpoint
  await table.write({ from: undefined, to, put: [], remove: [] }).catch(() => undefined)
  return to
}
