import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { acts } from './acts/acts.js'
import { freshFolder } from './fresh-folder.js'
import { readListings, type UnreadFile } from './listing-files.js'
import { tellFiles } from './listings-read.js'
import { screenOn } from './screen.js'
import { openStage } from './stage.js'

/** What the play needs: the folder with the listings, a folder for its own files, and who prints a line. */
export interface Playing {
  readonly listings: string
  readonly data: string
  readonly write: (line: string) => void
}

/** Plays the whole story, in a marketplace of its own, in a new folder under `data`. */
export async function play({ listings, data, write }: Playing): Promise<void> {
  const screen = screenOn(write)
  const files = readListings(listings)
  const folder = freshFolder(data)
  screen.title('Vitrine: two companies, one marketplace, and the lives of their listings')
  screen.note('Three months go by in a moment, because this program moves the clock. All else is real.')
  screen.legend()
  tellFiles(screen, listings, files)
  const cast = files.flatMap((file) => (isUnread(file) ? [] : [{ ...file, id: randomUUID() }]))
  const stage = await openStage(sqliteStore(join(folder, 'market.db')), screen, cast)
  try {
    for (const act of acts) {
      const missing = act.needs.filter((file) => !cast.some((listing) => listing.file === file))
      if (missing.length === 0) await act.play(stage)
      else screen.note(`A scene is left out: it needs ${missing.join(' and ')}.`)
    }
  } finally {
    await stage.market.close()
  }
  write('')
  screen.note('Everything that happened is kept in a file of SQLite, and nothing in it was ever overwritten:')
  screen.detail(join(folder, 'market.db'))
}

function isUnread(file: ReturnType<typeof readListings>[number]): file is UnreadFile {
  return 'problems' in file
}
