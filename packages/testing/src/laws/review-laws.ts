import { createHash } from 'node:crypto'
import { applyChanges, canonicalJson, type JsonObject, type Rules, type StoredEvent } from '@vitrine/core'
import { firstOf, type Law, listingEventsIn, textOf } from './law.js'

/** What is approved is what was read. */
export const reviewLaws: readonly Law[] = [
  {
    title: 'T14 nothing is approved by review that was not reviewed as it is',
    breach: (world) => {
      const events = listingEventsIn(world)
      return firstOf(events.entries(), ([at, event]) =>
        event.type === 'Approved' && event.data.basis === 'review'
          ? unreviewed(world.rules, events.slice(0, at), event)
          : undefined,
      )
    },
  },
  {
    title: 'T23 nothing is approved without a review but updates of what is live',
    breach: (world) => {
      const events = listingEventsIn(world)
      return firstOf(events.entries(), ([at, { type, data }]) => {
        if (type !== 'Approved' || data.basis === 'review') return undefined
        const before = events.slice(0, at)
        const live = before.some((event) => event.type === 'Published')
        const begun = sinceSubmitted(before).some((event) => event.type === 'ReviewStarted')
        if (live && !begun) return undefined
        return live ? 'A review that had begun was ended on trust.' : 'What was never live was approved on trust.'
      })
    },
  },
]

const submitting = 'Submitted'

/** Told from the events alone, by nothing that decides. */
function unreviewed(rules: Rules, before: readonly StoredEvent[], approved: StoredEvent): string | undefined {
  const submitted = before.findLast(({ type }) => type === submitting)
  const since = sinceSubmitted(before)
  const { role } = approved.metadata.actor
  if (role !== 'reviewer' && role !== 'operator') return `It was approved by a ${role}.`
  if (approved.data.submissionId !== submitted?.data.submissionId)
    return 'Another submission was approved than was made last.'
  if (approved.data.contentHash !== hashOf(before)) return 'What was approved is not what the listing says.'
  const written = since.find(({ type }) => ['Revised', 'VanityUrlClaimed', 'VanityUrlReleased'].includes(type))
  if (written) return `${written.type} came between Submitted and Approved.`
  const open = since.filter(({ type, data }) => type === 'QuestionAsked' && data.blocking === true)
  const ended = new Set(
    since.filter(({ type }) => /^Question(Answered|Closed)$/.test(type)).map(({ data }) => data.questionId),
  )
  if (open.some(({ data }) => !ended.has(data.questionId))) return 'A blocking question was open.'
  const held = since.findLast(({ type }) => type === 'ReviewHeld' || type === 'ReviewResumed')
  if (held?.type === 'ReviewHeld') return 'The review was held.'
  return uncheckedIn(rules, before)
}

/** A check that the kind requires is recorded, in this submission or in the one before that said the same. */
function uncheckedIn(rules: Rules, before: readonly StoredEvent[]): string | undefined {
  const kind = textOf(before.findLast(({ type }) => type === 'Created')?.data.kind)
  const required = Object.entries(rules.kinds[kind]?.checks ?? {}).filter(([, need]) => need === 'required')
  const missing = required.find(([check]) => {
    const last = before.findLast(({ type, data }) => type.startsWith('Check') && data.check === check)
    return last?.type !== 'CheckPassed' && last?.type !== 'CheckWaived'
  })
  return missing && `The check ${missing[0]} had neither passed nor been waived.`
}

function sinceSubmitted(before: readonly StoredEvent[]): readonly StoredEvent[] {
  return before.slice(before.findLastIndex(({ type }) => type === submitting) + 1)
}

/** The hash of what the working revision says, from its events. */
function hashOf(events: readonly StoredEvent[]): string {
  let kind = ''
  let now: { content: JsonObject; slug?: string | undefined } = { content: {} }
  const live = new Map<number, typeof now>()
  for (const { type, data } of events) {
    if (type === 'Created') {
      kind = textOf(data.kind)
      now = { content: { name: data.name! } }
    } else if (type === 'Revised') now = { ...now, content: applyChanges(now.content, data.changes as JsonObject) }
    else if (type === 'VanityUrlClaimed') now = { ...now, slug: textOf(data.slug) }
    else if (type === 'VanityUrlReleased') now = { content: now.content }
    else if (type === 'Published') live.set(Number(data.revision), now)
    else if (type === 'RevisionStarted') now = live.get(Number(data.from)) ?? now
  }
  const { content, slug } = now
  return createHash('sha256')
    .update(canonicalJson(slug === undefined ? { kind, content } : { kind, content, slug }))
    .digest('hex')
}
