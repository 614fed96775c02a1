import {
  applyChanges,
  type Json,
  type JsonObject,
  jsonProblem,
  newerThanThisCode,
  type Rules,
  type StoredEvent,
  sameJson,
} from '@vitrine/core'
import { RuntimeError, reasonOf } from './errors.js'
import { deepFrozen } from './freeze.js'

/** What lifting content takes of the rules. */
export type ContentRules = Pick<Rules, 'contentVersion' | 'upcastContent'>

/** Content, and the version of the marketplace's schemas in whose shape it is. */
interface Edition {
  readonly content: JsonObject
  readonly version: number
}

/** An edition as it was written, and as it is shown: in the shape of today. */
interface Shown {
  readonly written: Edition
  readonly shown: JsonObject
}

/** The content of one listing, up to one of its events. */
interface Story {
  readonly kind: string
  working: Shown
  readonly archive: Map<Json | undefined, Shown>
}

/** Whether an event holds content of an older version, so that only who knows what came before can lift it. */
export function holdsOldContent({ type, metadata }: StoredEvent, { contentVersion }: ContentRules): boolean {
  return metadata.contentVersion < contentVersion && /^(Revised|Published|Republished)$/.test(type)
}

/** @throws VitrineError `newer-than-this-code`, when an event holds content of a version that the rules do not know */
export function checkContentVersion(event: StoredEvent, { contentVersion }: ContentRules): void {
  if (event.metadata.contentVersion <= contentVersion) return
  if (/^(Created|Revised|Published|Republished)$/.test(event.type)) throw newerThanThisCode(event)
}

/**
 * Lifts the content in the events of one listing to the shape of today, from its first event on, one after another. What
 * is lifted is always the content as a whole, as it stood after an event; of a revision, what that changes is shown.
 * @throws RuntimeError `content-not-lifted`
 */
export function contentLifter(rules: ContentRules): (event: StoredEvent) => StoredEvent {
  let story: Story | undefined
  return (event) => {
    // Who writes in a new version leaves nothing of an older one behind it.
    if (event.type === 'Created' && event.metadata.contentVersion < rules.contentVersion) story = storyOf(event)
    return story ? toldOn(rules, story, event) : event
  }
}

function storyOf({ data, metadata }: StoredEvent): Story {
  const { kind, name } = data as { readonly kind: string; readonly name: string }
  const content = { name }
  const written = { content, version: metadata.contentVersion }
  return { kind, working: { written, shown: content }, archive: new Map() }
}

function toldOn(rules: ContentRules, story: Story, event: StoredEvent): StoredEvent {
  switch (event.type) {
    case 'Revised':
      return revised(rules, story, event)
    case 'RevisionStarted':
      story.working = story.archive.get(event.data.from) ?? story.working
      return event
    case 'Published':
      story.archive.set(event.data.revision, story.working)
      return published(rules, story, event)
    case 'Republished':
      return published(rules, story, event)
    default:
      return event
  }
}

function revised(rules: ContentRules, story: Story, event: StoredEvent): StoredEvent {
  const { written, shown } = story.working
  const changes = event.data.changes as JsonObject
  const version = event.metadata.contentVersion
  if (version >= rules.contentVersion) {
    const content = applyChanges(shown, changes)
    story.working = { written: { content, version }, shown: content }
    return event
  }
  const before = lifted(rules, story, event, written, version)
  const after = { content: applyChanges(before, changes), version }
  const now = lifted(rules, story, event, after, rules.contentVersion)
  story.working = { written: after, shown: now }
  return { ...event, data: { ...event.data, changes: changesBetween(shown, now, changes) } }
}

/** What leads from one content to another; fields that were asked for by a name that they still have are among them. */
function changesBetween(before: JsonObject, after: JsonObject, asked: JsonObject): JsonObject {
  const come = Object.entries(after).filter(
    ([field, value]) => Object.hasOwn(asked, field) || !sameJson(before[field] ?? null, value),
  )
  const gone = Object.keys(before).filter((field) => !Object.hasOwn(after, field))
  return Object.fromEntries([...come, ...gone.map((field) => [field, null] as const)])
}

/** What makes something public carries it whole. */
function published(rules: ContentRules, story: Story, event: StoredEvent): StoredEvent {
  const written = { content: event.data.content as JsonObject, version: event.metadata.contentVersion }
  const content = lifted(rules, story, event, written, rules.contentVersion)
  return { ...event, data: { ...event.data, content } }
}

function lifted(
  rules: ContentRules,
  { kind }: Story,
  event: StoredEvent,
  { content: written, version: from }: Edition,
  to: number,
): JsonObject {
  let content = written
  for (let version = from; version < to; version += 1) {
    content = oneVersionOn(rules, event, deepFrozen(content), { version, kind })
  }
  return content
}

function oneVersionOn(
  { upcastContent }: ContentRules,
  event: StoredEvent,
  content: JsonObject,
  from: { readonly version: number; readonly kind: string },
): JsonObject {
  try {
    const next = withoutNothing(upcastContent(content, from))
    const problem = jsonProblem(next, 'content')
    if (problem === undefined) return next
    throw new TypeError(`upcastContent gave something that cannot be stored: ${problem}`)
  } catch (cause) {
    throw notLifted(event, from.version, cause)
  }
}

/** A draft may lack any field: one that is carried on without a value is not there. */
function withoutNothing(content: ReturnType<ContentRules['upcastContent']>): JsonObject {
  const there = Object.entries(content).flatMap(([field, value]) => (value == null ? [] : [[field, value] as const]))
  return Object.fromEntries(there)
}

function notLifted({ stream, version, type }: StoredEvent, contentVersion: number, cause: unknown): RuntimeError {
  const message = `The content of event ${version} of ${stream} (${type}) was not lifted from version ${contentVersion}: ${reasonOf(cause)}`
  return new RuntimeError('content-not-lifted', message, { stream, version, contentVersion, cause })
}
