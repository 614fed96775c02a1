import type { Guideline } from '../rules.js'
import { fieldLabel } from './field-phrase.js'
import { editorial, hard } from './guideline.js'
import { isList, lengthOf, linesOf, textOf, textsOf } from './read.js'

/** What texts and lists must keep to. Characters are counted as Unicode code points. */
export const textGuidelines: readonly Guideline[] = [
  charactersAtMost('name-length', 'name', 80),
  linesAtMost('name-lines', 'name', 1),
  editorial('name-short', ['name'], ({ name }) => {
    const length = lengthOf(textOf(name))
    return (
      length <= 36 ||
      length > 80 ||
      `The name has ${length} characters. Lists cut it after 36: a shorter one is read whole.`
    )
  }),
  charactersAtMost('headline-length', 'headline', 200),
  linesAtMost('headline-lines', 'headline', 2),
  charactersAtMost('short-description-length', 'shortDescription', 500),
  charactersAtMost('long-description-length', 'longDescription', 20_000),
  charactersAtMost('system-requirements-length', 'systemRequirements', 5000),
  entriesAtMost('category-count', 'categories', 3),
  entriesAtMost('keyword-count', 'keywords', 10),
  hard('keyword-length', ['keywords'], ({ keywords }) =>
    textsOf(keywords)
      .filter((keyword) => lengthOf(keyword) > 40)
      .map((keyword) => `The keyword "${keyword}" has ${lengthOf(keyword)} characters. Shorten it to 40 at most.`),
  ),
  entriesAtMost('screenshot-count', 'screenshots', 10),
  entriesAtMost('video-count', 'videos', 5),
  entriesAtMost('document-count', 'documents', 20),
  entriesAtMost('support-contact-count', 'supportContacts', 10),
  entriesAtMost('support-link-count', 'supportLinks', 10),
]

function charactersAtMost(name: string, field: string, most: number): Guideline {
  return hard(name, [field], (content) => {
    const length = lengthOf(textOf(content[field]))
    return length <= most || `${fieldLabel(field)} has ${length} characters. Shorten it to ${most} at most.`
  })
}

function linesAtMost(name: string, field: string, most: number): Guideline {
  return hard(name, [field], (content) => {
    const lines = linesOf(textOf(content[field])).length
    return lines <= most || `${fieldLabel(field)} has ${lines} lines. Bring it down to ${most === 1 ? 'one' : most}.`
  })
}

function entriesAtMost(name: string, field: string, most: number): Guideline {
  return hard(name, [field], (content) => {
    const value = content[field]
    const count = isList(value) ? value.length : 0
    return count <= most || `${fieldLabel(field)} has ${count} entries. Keep the best ${most}.`
  })
}
