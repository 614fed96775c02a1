import { type AnyView, builtInViews, deliveries, type Kinds, type Opened, reservations, type View } from '@vitrine/core'
import { type AskedView, askView } from './ask-view.js'
import type { Typed } from './commands.js'
import { RuntimeError } from './errors.js'
import type { RunningView } from './running-view.js'
import type { Asking, AskingFor, ViewQuestions } from './view-question.js'

/** Views of a marketplace's own, by the names under which they are asked. */
export type OwnViews = { readonly [name: string]: AnyView }

/** The questions to the built-in views and to the marketplace's own, by their names. */
export type NamedViews<K extends Kinds, Own extends OwnViews> = QuestionsTo<Pick<BuiltIn, PublicView>, K> &
  QuestionsTo<Omit<BuiltIn, PublicView>, K, AskingFor> &
  OwnQuestions<Own>

/** The same without `for`: nothing is left out. */
export type UnrestrictedViews<K extends Kinds, Own extends OwnViews> = QuestionsTo<BuiltIn, K> & OwnQuestions<Own>

type BuiltIn = typeof builtInViews
/** What everybody may ask. */
type PublicView = 'catalogue'

/** With the content of these kinds wherever a view shows content. */
type QuestionsTo<Views, K extends Kinds, Ask extends Asking = Asking> = {
  readonly [Name in keyof Views]: ViewQuestions<Typed<ShownBy<Views[Name]>, K>, Ask>
}

type OwnQuestions<Own extends OwnViews> = { readonly [Name in keyof Own]: ViewQuestions<Opened<ShownBy<Own[Name]>>> }

type ShownBy<Asked> = Asked extends View<infer _Document, infer _Type, infer Shown> ? Shown : object

/** All views by name. @throws RuntimeError `invalid-options` when one of their own is named like another */
export function allViews(own: OwnViews): OwnViews {
  const views: OwnViews = { ...builtInViews, ...own }
  const names = [...Object.values(views), deliveries, reservations].map(({ name }) => name)
  const taken = Object.keys(own).find((name) => Object.hasOwn({ ...builtInViews, deliveries }, name))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  const clash = taken ?? twice
  if (clash === undefined) return views
  throw new RuntimeError('invalid-options', `There are two views named ${clash}. Give your own another name.`)
}

/** The questions to every view, answered for whom `sees` says. */
export function nameViews<Named>(views: OwnViews, asked: Omit<AskedView, 'running'>): Named {
  const named = Object.keys(views).map((name) => {
    const running = runningView(views, asked.waiting.runner.views, name)
    return [name, askView({ ...asked, running })] as const
  })
  return Object.freeze(Object.fromEntries(named)) as Named
}

/** The view of a name. @throws RuntimeError `unknown-name` */
export function runningView(views: OwnViews, among: readonly RunningView[], name: PropertyKey): RunningView {
  const found = among.find(({ view }) => view === views[String(name)])
  if (found) return found
  throw new RuntimeError('unknown-name', `There is no view ${String(name)}.`)
}
