import { type FindQuery, type FoundPage, questionFor, shownTo, type Viewer, wordsOf } from '@vitrine/core'
import { RuntimeError } from './errors.js'
import { headOf } from './log-head.js'
import { checkRunning, positionOf, type RunningView } from './running-view.js'
import type { SeesAs } from './sees-as.js'
import type { Asking, Finding, Found, Searching, ViewQuestions } from './view-question.js'
import { type Waiting, waitForView } from './wait-for-view.js'
import type { Wiring } from './wiring.js'

/** The questions to one view, answered for whom `sees` says. */
export function askView(wiring: Wiring, waiting: Waiting, running: RunningView, sees: SeesAs): ViewQuestions {
  const { view } = running
  const ask = async <Answer>(
    query: FindQuery & Asking,
    answer: (query: FindQuery) => Promise<Answer>,
    nothing: Answer,
  ) => {
    const { after, for: person, ...asked } = query
    await ready(wiring, waiting, running, after)
    const { kind, where } = await sees.question(view, asked.where ?? {}, person)
    const question = questionFor(view, { ...asked, ...(Object.keys(where).length > 0 && { where }) }, kind)
    return question ? answer(question) : nothing
  }
  const show = async (page: FoundPage, asking: Asking): Promise<Found<object>> => {
    const viewers = new Map<unknown, Promise<Viewer>>()
    const shown = page.documents.map(async ({ document }) => {
      const { publisherId } = document
      const viewer = viewers.get(publisherId) ?? sees.document(view, document, asking.for)
      viewers.set(publisherId, viewer)
      return shownTo(view, document, await viewer)
    })
    const documents = (await Promise.all(shown)).filter((document) => document !== undefined)
    return page.cursor === undefined ? { documents } : { documents, cursor: page.cursor }
  }
  const nothing: Found<object> = { documents: [] }

  return {
    async get(key, asking = {}) {
      await ready(wiring, waiting, running, asking.after)
      const document = (await running.table.load([key])).get(key)
      const viewer = await sees.document(view, document ?? {}, asking.for)
      return document && shownTo(view, document, viewer)
    },
    find: (finding: Finding = {}) =>
      ask(finding, async (query) => show(await running.table.find(query), finding), nothing),
    count: (finding = {}) => ask(finding, (query) => running.table.count(query), 0),
    search: (searching: Searching) => {
      const { words: text, ...finding } = searching
      const words = wordsOf(text)
      const found = ({ order: _, ...query }: FindQuery) => running.table.search({ ...query, words })
      const everything = (query: FindQuery) => running.table.find(query)
      return ask(
        finding,
        async (query) => show(await (words.length > 0 ? found(query) : everything(query)), finding),
        nothing,
      )
    },
  }
}

/** @throws RuntimeError `view-building` with how far it is, `log-replaced` when what it holds is of another history */
async function ready(wiring: Wiring, waiting: Waiting, running: RunningView, after: number | undefined): Promise<void> {
  if (running.stopped?.code === 'log-replaced') checkRunning(running)
  if (after !== undefined) await waitForView(waiting, running, after)
  if (running.live) return
  checkRunning(running)
  const position = positionOf(running)
  const head = (await headOf(wiring.log, position))?.position ?? position
  const { name } = running.view
  const message = `View ${name} is being built: it is at position ${position} of ${head}. Ask again later, or after ready().`
  throw new RuntimeError('view-building', message, { view: name, position, head })
}
