import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type AnyView, builtInViews } from '@vitrine/core'
import { type Anchor, readAnchor } from '../anchor.js'
import { AuditError } from '../audit-error.js'
import type { CommandRow } from '../cli/command-row.js'
import { type Exit, exits } from '../cli/exits.js'
import type { Paint } from '../cli/paint.js'
import { inStore, type Session, type Workplace } from '../cli/session.js'
import { showDocument } from '../cli/sheet.js'
import type { Verdict } from '../part-verdict.js'
import { isSound, type Verifying, verify } from '../verify.js'
import { allDecidedSo, type Decision, type DecisionsVerdict, verifyDecisions } from '../verify-decisions.js'
import { verifyInParallel } from '../verify-in-parallel.js'
import { type ViewVerdict, verifyViews } from '../verify-views.js'
import { instantText } from './value-text.js'

/** Whether it is as it was written. */
export const verifyCommand: CommandRow = {
  name: 'verify',
  what: 'Whether the log is as it was written: no holes, no broken chain, everything readable. Ends with 1 when not.',
  example: 'verify --anchor head.json --store sqlite:market.db',
  options: [
    {
      flags: '--anchor <file>',
      what: 'hold it to an anchor that was kept: a cut tail or a missing stream is then found',
    },
    { flags: '--trust <file>', what: 'the public key (PEM) with which the anchor must have been signed' },
    { flags: '--whole-chain', what: 'every event must have a hash, also those before the first one that has' },
    { flags: '--decisions', what: 'decide every command again: it must lead to the events that were written' },
    { flags: '--views', what: 'fold the log afresh into every view: each must hold the same documents' },
  ],
  formats: ['text', 'json'],
  run: (session) =>
    inStore(session, 'reading', (place) => {
      if (session.given.decisions === true) return verifyAllDecisions(session, place)
      return session.given.views === true ? verifyAllViews(session, place) : verifyLog(session, place)
    }),
}

async function verifyAllViews(session: Session, place: Workplace): Promise<Exit> {
  const views = Object.values<AnyView>({ ...builtInViews, ...place.market.views })
  const { store } = place.store
  const verdicts = await place.watched('folding', (watching) => verifyViews(place, store.views, views, watching))
  const sound = verdicts.every(({ state }) => state === 'same' || state === 'absent' || state === 'building')
  await showDocument(session, { ...place.facts, sound, views: verdicts }, () => viewsText(verdicts, session.paint))
  return sound ? exits.fine : exits.found
}

function viewsText(verdicts: readonly ViewVerdict[], paint: Paint): string {
  const lines = verdicts.flatMap(({ view, version, state, documents, differ, differing, reason = '' }) => {
    const name = `${paint.name(view)} version ${version}`
    if (state === 'same') return [`${paint.good('✓')} ${name}  ${documents} documents are what the log makes of them`]
    if (state === 'differs') {
      const named = differing.map(({ key, sentence }) => `    ${paint.plain(key)}  ${paint.plain(sentence)}`)
      return [
        `${paint.bad('✗')} ${name}  ${differ} of ${documents} documents are not what the log makes of them`,
        ...named,
      ]
    }
    const mark = state === 'stopped' ? paint.bad('✗') : paint.faint('·')
    return [`${mark} ${name}  ${paint.faint(state)} ${paint.plain(reason)}`.trimEnd()]
  })
  return `${lines.join('\n')}\n`
}

async function verifyLog(session: Session, place: Workplace): Promise<Exit> {
  const { given, paint } = session
  const anchor = typeof given.anchor === 'string' ? anchorIn(given.anchor, given.trust) : undefined
  const options = { wholeChain: given.wholeChain === true, ...(anchor && { anchor }) }
  const verdict = await place.watched('verifying', (watching) => verified(place, { ...options, ...watching }))
  const sound = isSound(verdict)
  await showDocument(session, { ...place.facts, sound, ...verdict }, () => textOf(verdict, paint))
  return sound ? exits.fine : exits.found
}

/** On all cores, where every thread can open the store for itself by its name. */
function verified(place: Workplace, verifying: Verifying): Promise<Verdict> {
  const { store, market } = place
  if (!store.canBeOpenedAgain) return verify(place, verifying)
  return verifyInParallel(
    place,
    { store: store.locator, ...(market.file !== undefined && { rules: market.file }) },
    verifying,
  )
}

async function verifyAllDecisions(session: Session, place: Workplace): Promise<Exit> {
  const verdict = await place.watched('deciding again', (watching) => verifyDecisions(place, watching))
  const sound = allDecidedSo(verdict)
  await showDocument(session, { ...place.facts, sound, ...verdict }, () => decisionsText(verdict, place, session.paint))
  return sound ? exits.fine : exits.found
}

function anchorIn(file: string, trust: unknown): Anchor {
  return readAnchor(textIn(file), typeof trust === 'string' ? keyIn(trust) : undefined)
}

function keyIn(file: string): KeyObject {
  try {
    return createPublicKey(textIn(file))
  } catch (cause) {
    if (cause instanceof AuditError) throw cause
    throw new AuditError('used-wrongly', `${file} holds no public key: PEM was expected.`, { cause })
  }
}

/** @throws AuditError `used-wrongly` when the file cannot be read */
export function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new AuditError('used-wrongly', `${file} cannot be read.`, { cause })
  }
}

function textOf(verdict: Verdict, paint: Paint): string {
  const { events, streams, foreign, unchained, chainedFrom, broken, problems, anchor } = verdict
  const mark =
    broken === 0
      ? paint.good('✓ Nothing was found that does not fit.')
      : paint.bad(`✗ ${broken} of ${streams} streams do not fit.`)
  const lines = [
    `${mark} ${events} events in ${streams} streams were read.`,
    chainedFrom === undefined
      ? paint.faint('  No event has a hash: what was changed with care is not found.')
      : paint.faint(`  ${events - unchained} are tied together by a hash, from position ${chainedFrom} on.`),
    ...(foreign > 0 ? [paint.faint(`  ${foreign} are of streams that this marketplace does not write.`)] : []),
    ...problems.flatMap((one) => [
      '',
      `${paint.bad(one.code)}  ${paint.plain(one.stream)}, version ${one.version} (${paint.plain(one.type)}), position ${one.position}`,
      `  ${paint.plain(one.sentence)} ${paint.faint(one.id)}`,
    ]),
    ...(anchor ? ['', anchor.holds ? paint.good(`✓ ${anchor.sentence}`) : paint.bad(`✗ ${anchor.sentence}`)] : []),
    ...(anchor?.streams ?? []).map(({ stream, sentence }) => `  ${paint.plain(stream)}  ${sentence}`),
    ...(anchor
      ? []
      : [paint.faint('  Whether something was cut off at the end, only an anchor shows: --anchor FILE.')]),
  ]
  return `${lines.join('\n')}\n`
}

function decisionsText(verdict: DecisionsVerdict, { facts }: Workplace, paint: Paint): string {
  const { commands, underOtherRules, differing, differ, moved, move } = verdict
  const lines = [
    differ === 0
      ? paint.good(`✓ All ${commands} commands, decided again, lead to the events that were written.`)
      : paint.bad(`✗ ${differ} of ${commands} commands, decided again, lead to something else.`),
    ...(underOtherRules > 0
      ? [paint.faint(`  ${underOtherRules} were decided under other rules than these (${facts.rules}).`)]
      : []),
    ...differing.map((one) => `${decisionLine(one, paint)}\n  ${paint.plain(one.sentence)}`),
    move === 0
      ? paint.good('✓ No facts had moved between a decision and its append.')
      : paint.bad(`✗ ${move} appends were made after their facts had moved.`),
    ...moved.flatMap((one) => [
      decisionLine(one, paint),
      ...one.facts.map(
        ({ stream, version, stood }) => `  ${paint.plain(stream)} was seen at ${version}, and stood at ${stood}`,
      ),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

/** A command where it stands in the log. */
export function decisionLine({ command, stream, version, at, by }: Decision, paint: Paint): string {
  const where = paint.faint(`${stream} version ${version}`)
  return `${paint.faint(instantText(at))}  ${paint.name(command)}  ${paint.plain(by.name)}  ${where}`
}
