import type { Database } from './database.js'
import type { News } from './news.js'

/** A log in its tables. */
export interface LogTables {
  readonly database: Database
  /** What the names of its tables begin with, with their schema. */
  readonly own: string
  readonly logId: string
  readonly news: News
}
