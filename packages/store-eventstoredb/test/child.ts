import { writeSync } from 'node:fs'
import { memoryStore } from '@vitrine/store-memory'
import { eventStoreDbStore } from '../src/index.js'
import { append, event } from './event.js'

/** Uses a store and closes it, while a reader follows; then nothing keeps its process: `node child.js URL PREFIX PATH`. */
const [connectionString = '', prefix = '', appends] = process.argv.slice(2)

const store = await eventStoreDbStore({
  connectionString,
  prefix,
  appends: appends === 'batch' ? 'batch' : 'plain',
  beside: memoryStore(),
}).open()
const following = (async () => {
  for await (const { events } of store.log.readAll({ follow: true })) if (events.length > 0) writeSync(1, 'heard\n')
})()
await store.log.append(append('s', 'none', event()))
await store.log.readStream('s')
await store.close()
await following.catch((fault: unknown) => writeSync(1, `${(fault as { code?: string }).code}\n`))
