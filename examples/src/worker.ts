import { writeSync } from 'node:fs'
import { work } from './workers/work.js'

/**
 * One of several processes of a marketplace: `node worker.js URL SCHEMA FOLDER NAME PUBLISHER`. It says the id of every event
 * that it was told to be stored, and ends when it is asked to.
 */
const [url = '', schema = '', folder = '', name = '', publisherId = ''] = process.argv.slice(2)
const stopping = new AbortController()
process.once('SIGTERM', () => stopping.abort())

await work({
  url,
  schema,
  folder,
  name,
  publisherId,
  stopping: stopping.signal,
  say: (line) => writeSync(1, `${line}\n`),
}).catch((fault: unknown) => {
  // As any service that finds no database: it says why, and whoever watches over it starts another one.
  console.error(`Worker ${name} ends: ${fault instanceof Error ? fault.message : String(fault)}`)
  process.exit(1)
})
