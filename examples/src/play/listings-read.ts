import { relative } from 'node:path'
import { publishers } from './cast.js'
import type { ListingFile, UnreadFile } from './listing-files.js'
import type { Screen } from './screen.js'

/** Tells which files are listings, and of the others what is wrong and where. */
export function tellFiles(screen: Screen, folder: string, files: readonly (ListingFile | UnreadFile)[]): void {
  screen.heading('Before it begins', `${files.length} files are read from ${relative('', folder) || '.'}`)
  for (const file of files) {
    if ('problems' in file) for (const problem of file.problems) screen.refused(`${file.file}, ${problem}`)
    else screen.happened(`${file.file}: ${summary(file)}`)
  }
  if (files.some((file) => 'problems' in file)) screen.note('What cannot be read is left out; the rest goes on.')
}

function summary({ name, kind, publisher, changes }: ListingFile): string {
  const words = (changes.longDescription ?? '').split(/\s+/).length
  const what = `${name}, ${kind === 'app' ? 'an app' : 'a service'} of ${publishers[publisher].name}`
  return `${what}; ${words} words${changes.contentLanguage === 'fr' ? ', in French' : ''}`
}
