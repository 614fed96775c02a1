import { checkpointMovedError, type ViewShape, type ViewStore, type ViewTable } from '@vitrine/core'
import { codeOf } from './errors.js'

/**
 * A view's table that outlives being dropped: whoever dropped it, also in another process, the one that has its name now takes
 * its place. Then what is written is refused as by any other runner that was first (`checkpoint-moved`), and so is finishing.
 * @param onReplaced called before anything is asked of the other one
 */
export async function lastingTable(store: ViewStore, shape: ViewShape, onReplaced: () => void): Promise<ViewTable> {
  let table = await store.open(shape)
  let opening: Promise<ViewTable> | undefined

  const openAgain = async (dropped: ViewTable) => {
    if (table !== dropped) return
    opening ??= store
      .open(shape)
      .then((opened) => {
        onReplaced()
        table = opened
        return opened
      })
      .finally(() => {
        opening = undefined
      })
    await opening
  }
  const again = async <Answer>(ask: (asked: ViewTable) => Promise<Answer>): Promise<Answer> => {
    const asked = table
    try {
      return await ask(asked)
    } catch (fault) {
      if (codeOf(fault) !== 'dropped') throw fault
      await openAgain(asked)
      return ask(table)
    }
  }
  return {
    status: () => again((asked) => asked.status()),
    load: (keys) => again((asked) => asked.load(keys)),
    write: (batch) => again((asked) => asked.write(batch)),
    // What stands elsewhere, and may lack events, is not opened to questions.
    finish: async () => {
      const asked = table
      await again((one) => {
        if (one === asked) return one.finish()
        return one.status().then(({ checkpoint }) => {
          throw checkpointMovedError(shape.name, checkpoint, undefined)
        })
      })
    },
    find: (query) => again((asked) => asked.find(query)),
    count: (query) => again((asked) => asked.count(query)),
    search: (query) => again((asked) => asked.search(query)),
  }
}
