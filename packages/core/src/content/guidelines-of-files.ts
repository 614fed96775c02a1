import type { Json, JsonObject } from '../json.js'
import type { Guideline } from '../rules.js'
import { fieldLabel } from './field-phrase.js'
import { hard } from './guideline.js'
import { groupsOf, isList, textOf } from './read.js'

const pictures = ['image/png', 'image/jpeg', 'image/webp']
const films = ['video/mp4', 'video/webm']

/** What the files of a field may be, and how big. A megabyte is 1,000,000 bytes. */
const limits = {
  icon: { types: pictures, megabytes: 1 },
  banner: { types: pictures, megabytes: 5 },
  screenshots: { types: pictures, megabytes: 5 },
  videos: { types: films, megabytes: 500 },
  documents: { types: ['application/pdf', ...films], megabytes: 500 },
}

/** What icons, banners, screenshots, videos and documents must keep to. */
export const fileGuidelines: readonly Guideline[] = Object.entries(limits).flatMap(([field, { types, megabytes }]) => [
  hard(`${field}-type`, [field], (content) =>
    eachFile(content, field, ({ mediaType }) => {
      const type = textOf(mediaType)
      return types.includes(type) ? undefined : `is of the type "${type}". Use ${types.join(' or ')}.`
    }),
  ),
  hard(`${field}-size`, [field], (content) =>
    eachFile(content, field, ({ bytes }) => {
      const size = typeof bytes === 'number' ? bytes / 1_000_000 : 0
      return size > megabytes ? `has ${shown(size)} MB. Bring it down to ${megabytes} MB at most.` : undefined
    }),
  ),
  hard(`${field}-described`, [field], (content) =>
    eachFile(content, field, ({ alt, caption }) =>
      textOf(alt ?? caption).trim() === ''
        ? 'has no words. Say what it shows, for those who cannot see it.'
        : undefined,
    ),
  ),
])

function eachFile(content: JsonObject, field: string, wrong: (file: JsonObject) => string | undefined): string[] {
  const value = content[field]
  return groupsOf(value).flatMap((file, index) => {
    const problem = wrong(file)
    return problem === undefined ? [] : [`${placeOf(value, field, index)} ${problem}`]
  })
}

function placeOf(value: Json | undefined, field: string, index: number): string {
  return isList(value) ? `${fieldLabel(field)}: entry ${index + 1}` : fieldLabel(field)
}

/** Rounded up, so that a size above a limit never looks like the limit. */
function shown(size: number): number {
  return Math.ceil(size * 10) / 10
}
