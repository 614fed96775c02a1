import {
  type AnyView,
  type FindQuery,
  type FoundPage,
  questionFor,
  shownTo,
  type Viewer,
  ViewStoreError,
  type ViewTable,
  wordsOf,
} from '@vitrine/core'
import { asFound } from './as-found.js'
import { RuntimeError } from './errors.js'
import { headOf } from './log-head.js'
import { openPersonal, opensFor } from './open-personal.js'
import { checkRunning, positionOf, type RunningView } from './running-view.js'
import type { SeesAs } from './sees-as.js'
import type { Asking, Found, Searching, ViewQuestions } from './view-question.js'
import { type Waiting, waitForView } from './wait-for-view.js'
import type { Wiring } from './wiring.js'

/** A view that is asked, and as whom its askers see. */
export interface AskedView {
  readonly wiring: Wiring
  readonly waiting: Waiting
  readonly running: RunningView
  readonly sees: SeesAs
}

/** What a question to a view may say, for callers whom no types hold. */
const both = ['where', 'limit', 'cursor', 'after', 'for']
const finds = ['order', 'descending', 'from', 'to', ...both]
const searches = ['words', ...both]

/** The questions to one view. */
export function askView(asked: AskedView): ViewQuestions {
  const { running, sees } = asked
  const { view } = running
  return {
    async get(key, asking = {}) {
      await beReady(asked, asking)
      const document = (await answered(asked, (table) => table.load([key]))).get(key)
      const viewer = await sees.document(view, document ?? {}, asking.for)
      const [shown] = await shownOpened(asked, document ? [{ document, viewer }] : [])
      return shown
    },
    async find(finding = {}) {
      checkFields(view, finding, finds)
      return found(asked, finding, (table, query) => table.find(query))
    },
    async count(finding = {}) {
      checkFields(view, finding, finds)
      const query = await questionTo(asked, finding)
      return query ? answered(asked, (table) => table.count(query)) : 0
    },
    async search({ words: text, ...searching }: Partial<Searching> = {}) {
      checkFields(view, searching, searches)
      if (typeof text !== 'string') throw invalid(`words is ${asFound(text)}; one text was expected.`)
      const words = wordsOf(text)
      return found(asked, searching, (table, query) =>
        words.length > 0 ? table.search({ ...query, words }) : table.find(query),
      )
    },
  }
}

async function found(
  asked: AskedView,
  finding: FindQuery & Asking,
  ask: (table: ViewTable, query: FindQuery) => Promise<FoundPage>,
): Promise<Found<object>> {
  const query = await questionTo(asked, finding)
  if (!query) return { documents: [] }
  return shown(asked, await answered(asked, (table) => ask(table, query)), finding)
}

/** What a view that can be asked answers. When it is thrown away meanwhile, what is half there is no answer. */
async function answered<Answer>(asked: AskedView, ask: (table: ViewTable) => Promise<Answer>): Promise<Answer> {
  const { running } = asked
  const { table, replaced } = running
  const isWhole = () => running.live && running.replaced === replaced
  try {
    const answer = await ask(table)
    if (isWhole()) return answer
  } catch (fault) {
    if (isWhole()) throw fault
  }
  await beLive(asked)
  return answered(asked, ask)
}

/** The question as this asker may put it; `undefined` when there is nothing in it for them. */
async function questionTo(asked: AskedView, finding: FindQuery & Asking): Promise<FindQuery | undefined> {
  const { view } = asked.running
  const { after: _after, for: person, ...query } = finding
  await beReady(asked, finding)
  const { kind, where } = await asked.sees.question(view, query.where ?? {}, person)
  return questionFor(view, { ...query, ...(Object.keys(where).length > 0 && { where }) }, kind)
}

async function shown(asked: AskedView, page: FoundPage, asking: Asking): Promise<Found<object>> {
  const { running, sees } = asked
  const viewers = new Map<unknown, Promise<Viewer>>()
  const all = page.documents.map(async ({ document }) => {
    const { publisherId } = document
    const viewer = viewers.get(publisherId) ?? sees.document(running.view, document, asking.for)
    viewers.set(publisherId, viewer)
    return { document, viewer: await viewer }
  })
  const documents = await shownOpened(asked, await Promise.all(all))
  return page.cursor === undefined ? { documents } : { documents, cursor: page.cursor }
}

/** What each viewer sees of a document, with what is personal opened for those who may read it. */
async function shownOpened(
  { wiring, running }: AskedView,
  pairs: readonly { readonly document: object; readonly viewer: Viewer }[],
): Promise<readonly object[]> {
  const { view } = running
  const { fields = [], opens } = view.personal ?? {}
  const given = pairs.flatMap(({ document, viewer }) => {
    const value = shownTo(view, document, viewer)
    return value ? [{ value, fields, opens: opensFor(viewer, opens) }] : []
  })
  return fields.length > 0 ? openPersonal(wiring.keys, given) : given.map(({ value }) => value)
}

/**
 * @throws ViewStoreError `invalid` when `after` is no position
 * @throws RuntimeError `view-building` with how far it is, `log-replaced` when what it holds is of another history
 */
async function beReady(asked: AskedView, { after }: Asking): Promise<void> {
  const { waiting, running } = asked
  if (after !== undefined && !(Number.isSafeInteger(after) && after >= 0)) throw noPosition(after)
  if (running.stopped?.code === 'log-replaced') checkRunning(running)
  if (after !== undefined) await waitForView(waiting, running, after)
  await beLive(asked)
}

/** @throws RuntimeError `view-building` with how far it is */
async function beLive({ wiring, waiting, running }: AskedView): Promise<void> {
  if (running.live) return
  await waiting.runner.takeUp([running])
  if (running.live) return
  checkRunning(running)
  const position = positionOf(running)
  const head = (await headOf(wiring.log, position))?.position ?? position
  const { name } = running.view
  const message = `View ${name} is being built: it is at position ${position} of ${head}. Ask again later, or after ready().`
  throw new RuntimeError('view-building', message, { view: name, position, head })
}

/** A field that is passed over would let a question find what it did not ask for. @throws ViewStoreError `invalid` */
function checkFields({ name }: AnyView, question: object, fields: readonly string[]): void {
  const unknown = Object.entries(question).find(([field, value]) => value !== undefined && !fields.includes(field))?.[0]
  if (unknown === undefined) return
  throw invalid(
    `A question to view ${name} has no field ${unknown}; it may say ${fields.join(', ')}. What documents must equal stands in where.`,
  )
}

function noPosition(after: unknown): ViewStoreError {
  return invalid(`after is ${asFound(after)}; a position was expected, a whole number from 0 to 2^53 - 1.`)
}

function invalid(message: string): ViewStoreError {
  return new ViewStoreError('invalid', message)
}
