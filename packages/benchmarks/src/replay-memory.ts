// The child of `sqlite-replay` and `postgres-replay`: replays the log in the file that it is given, or in the schema of the server,
// and says how much memory that took.
import { postgresStore } from '@vitrine/store-postgres'
import { sqliteStore } from '@vitrine/store-sqlite'
import { replay } from './ours/replay.js'

const [place = '', schema] = process.argv.slice(2)
const store = schema === undefined ? sqliteStore(place) : postgresStore({ connectionString: place, schema })
const { events, documents } = await replay(store)
console.log(JSON.stringify({ events, documents, peak: process.resourceUsage().maxRSS / 1024 }))
