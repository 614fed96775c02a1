// The child of `sqlite-replay`: replays the log in the file that it is given, and says how much memory that took.
import { sqliteStore } from '@vitrine/store-sqlite'
import { replay } from './ours/replay.js'

const { events, documents } = await replay(sqliteStore(process.argv[2] ?? ''))
console.log(JSON.stringify({ events, documents, peak: process.resourceUsage().maxRSS / 1024 }))
