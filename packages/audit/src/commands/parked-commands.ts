import type { Parked } from '@vitrine/runtime'
import { actingOptions, deciding, inMarketplace, namedRules } from '../cli/acting.js'
import type { CommandRow } from '../cli/command-row.js'
import { type Exit, exits } from '../cli/exits.js'
import { inStore, type Session } from '../cli/session.js'
import { showDocument, showSheet } from '../cli/sheet.js'
import type { Column } from '../cli/table.js'
import { type ParkedDecision, parkedDecisions, parkedStreams } from '../parked-streams.js'

/** What stands still. */
export const parkedListCommand: CommandRow = {
  name: 'parked list',
  what: 'Streams that wait until somebody decides. Ends with 1 when there are any.',
  example: 'parked list --store sqlite:market.db',
  options: [{ flags: '--decided', what: 'instead, what was decided before: by whom, and why' }],
  formats: ['text', 'json', 'csv'],
  run: (session) =>
    inStore(session, 'reading', async ({ store, facts }) => {
      const { progress } = store.store
      if (session.given.decided === true) {
        await showSheet(session, {
          facts,
          lines: [],
          list: 'decisions',
          rows: parkedDecisions(progress),
          columns: ofDecisions,
        })
        return exits.fine
      }
      const end = (count: number) => ({ facts: { count }, lines: count === 0 ? ['Nothing is parked.'] : [] })
      const count = await showSheet(session, {
        facts,
        lines: [],
        list: 'parked',
        rows: parkedStreams(progress),
        columns,
        end,
      })
      return count > 0 ? exits.found : exits.fine
    }),
}

const which = [
  { form: '<policy>', what: 'its name' },
  { form: '<stream>', what: 'the stream that it has parked, as listing-…' },
]

/** Once it is mended. */
export const parkedRetryCommand: CommandRow = {
  name: 'parked retry',
  arguments: which,
  what: 'Tries a parked stream again, from the event on that could not be handled.',
  example:
    'parked retry publish-on-approval listing-01920000-0000-7000-8000-000000000001 --by u-olaf --why "mended in 1.4" --rules market.mjs --store sqlite:market.db',
  options: actingOptions,
  formats: ['text', 'json'],
  run: (session, names) => decide(session, 'retry', names),
}

/** When it never will be. */
export const parkedSkipCommand: CommandRow = {
  name: 'parked skip',
  arguments: which,
  what: 'Goes on with a parked stream behind the event that could not be handled.',
  example:
    'parked skip publish-on-approval listing-01920000-0000-7000-8000-000000000001 --by u-olaf --why "published by hand" --rules market.mjs --store sqlite:market.db',
  options: actingOptions,
  formats: ['text', 'json'],
  run: (session, names) => decide(session, 'skip', names),
}

async function decide(
  session: Session,
  how: 'retry' | 'skip',
  [policy = '', stream = '']: readonly string[],
): Promise<Exit> {
  const decided = deciding(session)
  return inStore(session, 'writing', async (place) => {
    namedRules(place)
    const parked = await inMarketplace(session, place, (market) => market[how]({ policy, stream, ...decided }))
    const document = { ...place.facts, policy, stream, did: how, ...decided, parked: parked ?? null }
    await showDocument(session, document, () => `${sentenceOf(parked, policy, stream, session)}\n`)
    return parked ? exits.found : exits.fine
  })
}

function sentenceOf(parked: Parked | undefined, policy: string, stream: string, { paint }: Session): string {
  if (!parked) return `${paint.good('✓')} ${paint.plain(policy)} has gone on with ${paint.plain(stream)}.`
  const { version, type, reason } = parked
  return `${paint.bad('✗')} ${paint.plain(stream)} is still parked, at version ${version} (${paint.plain(type)}): ${paint.plain(reason)}`
}

const columns: readonly Column<Parked>[] = [
  { name: 'policy', title: 'Policy', of: ({ policy }) => policy, as: 'name' },
  { name: 'stream', title: 'Stream', of: ({ stream }) => stream },
  { name: 'version', title: 'Version', of: ({ version }) => version },
  { name: 'type', title: 'Event', of: ({ type }) => type },
  { name: 'since', title: 'Since', of: ({ since }) => since, as: 'faint' },
  { name: 'code', title: 'Code', of: ({ code }) => code, as: 'bad' },
  { name: 'reason', title: 'Reason', of: ({ reason }) => reason, mayShrink: true },
]

const ofDecisions: readonly Column<ParkedDecision>[] = [
  { name: 'at', title: 'When', of: ({ at }) => at, as: 'faint' },
  { name: 'is', title: 'What', of: ({ is }) => is },
  { name: 'policy', title: 'Policy', of: ({ policy }) => policy, as: 'name' },
  { name: 'stream', title: 'Stream', of: ({ stream }) => stream },
  { name: 'version', title: 'Version', of: ({ version }) => version },
  { name: 'by', title: 'Who', of: ({ by }) => `${by.name} (${by.id})` },
  { name: 'why', title: 'Why', of: ({ why }) => why, mayShrink: true },
]
