import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { sqliteStore } from '@vitrine/store-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readListing } from './play/listing-files.js'
import { play } from './play/run.js'

const listings = fileURLToPath(new URL('../listings', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'vitrine-play-'))

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function played(from: string, data: string): Promise<readonly string[]> {
  const lines: string[] = []
  await play({ listings: from, data, write: (line) => lines.push(stripVTControlCharacters(line)) })
  return lines
}

describe('the play', () => {
  const data = join(folder, 'data')
  let lines: readonly string[] = []
  let again: readonly string[] = []

  beforeAll(async () => {
    lines = await played(listings, data)
    again = await played(listings, data)
  })

  it.each([
    'Preview: 10 % complete; 9 fields are missing.',
    '✗ refused: Submit needs 9 more things: a headline;',
    '✗ refused: 3 guidelines are not met [guidelines]',
    '✗ refused: A blocking question is open. [question-open]',
    '✓ by itself: published revision 1 at /ledgerline [Published]',
    'proofOfAbility. [checks-open]',
    '✓ rejected it: (1)',
    '[role-may-not]',
    '[stale-version]',
    '✓ 11 February, by itself: reminded the publisher, 30 days are left [PublicationReminded]',
    '✓ 13 March, by itself: rejected it, not published in the 60 days since 12 January [AutoRejected]',
    '[approval-expired]',
    'approved it, to publish by hand by 27 March [CheckPassed, Approved]',
    'Visitors read, in revision 1: “Books that keep themselves, and say why”',
    'Visitors read, in revision 2: “Close the month in two days”',
    'Sam, for sales, sees Mia Fenwick, mia@fenwick-joinery.example',
    'Luke, who writes listings, sees nothing of it',
    '[never-back]',
    '✓ 5 February, by itself: nobody has answered a request in time [FirstResponseOverdue]',
    '✓ by itself: approved it without a review, to publish by 16 May [Approved]',
    'Nothing happens by itself: a price always needs a review.',
    '✉ nina@quill.example ← Ada Marsh invites you to join Marsh Software on The Market',
    '✗ refused: There is no invitation with this id. [unknown-invitation]',
    '✓ became its sales person [MemberJoined]',
    '✉ Ada Marsh, Luke Bennett ← Approved and live: “Ledgerline”',
    '✉ Camille Valmont, Hugo Petit ← Approuvée',
    '✓ left the team [MemberRemoved]',
    '✓ by itself: gave a request back to the rest of the team [LeadUnassigned]',
    'Ada, who leads the company, sees nobody any more, only that it was erased',
    '✓ put revision 1 live again and archived revision 2 [Republished, Superseded]',
  ])('tells: %s', (told) => {
    expect(lines.join('\n')).toContain(told)
  })

  it('is told the same by a second run, in new files', async () => {
    expect(again.slice(0, -1)).toEqual(lines.slice(0, -1))
    const files = [lines, again].map((run) => String(run.at(-1)).trim())
    expect(files).toEqual([1, 2].map((run) => join(data, `run-${run}`, 'market.db')))
    expect(await typesIn(files[1] ?? '', 'AutoRejected')).toEqual(['AutoRejected'])
  })

  it('ends with the catalogue, a search without accents, and one whole history', () => {
    const catalogue = lines.slice(lines.findIndex((line) => line.includes('The catalogue')) + 2).slice(0, 4)
    expect(catalogue.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['Carnet Clair', 'app', 'Finance', '/carnet-clair', '14 January', '2'],
      ['Clôture sereine', 'service', 'Formation', '/cloture-sereine', '20 January', '1'],
      ['Ledgerline', 'app', 'Finance', '/ledgerline', '7 January', '1'],
      ['Ten-day bookkeeping move', 'service', 'Consulting', '/ten-day-move', '17 March', '1'],
    ])
    expect(lines).toContain('  ✓ found Clôture sereine, Carnet Clair')
    const history = lines.slice(lines.findIndex((line) => line.includes('The whole history')) + 1)
    expect(history[0]).toBe('    06 Jan 10:07  Ada Marsh        began “Ledgerline”, an app')
    expect(history[10]).toBe('    07 Jan 09:56  by itself        published revision 1 at /ledgerline')
    expect(history.join('\n')).not.toContain('Rita')
  })

  it('fits a screen of 100 columns', () => {
    const toldLines = lines.filter((line) => !line.includes(folder))
    expect(toldLines.filter((line) => line.length > 100)).toEqual([])
  })
})

async function typesIn(file: string, type: string): Promise<readonly string[]> {
  const store = await sqliteStore(file).open()
  const types: string[] = []
  for await (const { events } of store.log.readAll({ types: [type] })) types.push(...events.map((event) => event.type))
  await store.close()
  return types
}

describe('a file that is no listing', () => {
  it('is named with the place and what was expected, and the rest goes on', async () => {
    const mine = join(folder, 'mine')
    cpSync(listings, mine, { recursive: true })
    writeFileSync(join(mine, 'ledgerline.json'), '{ "kind": "app"')
    const lines = await played(mine, join(folder, 'other'))
    expect(lines).toContain('  ✗ ledgerline.json, line 1:16, kind: Expected a closing }, found the end of the file.')
    expect(lines).toContain(
      '  ✗ night-shift.json, line 8:5, shortDescription: Expected a comma, found "shortDescription".',
    )
    expect(lines).toContain(
      '  ✗ paper-boy.json, line 21, screenshots[0].bytes: Expected a number, found the text "210 Ko".',
    )
    expect(lines).toContain('    A scene is left out: it needs ledgerline.json.')
    expect(lines.join('\n')).toContain('by itself: rejected it')
  })

  it.each([
    ['{ "kind": "book" }', 'line 1, kind: Expected "app" or "service".'],
    ['[]', 'line 1, the whole file: Expected kind, publisher, vanityUrl and content, and nothing else.'],
    [
      '{ "kind": "app", "publisher": "marsh-software", "content": { "name": "A", "colour": "red" } }',
      'line 1, colour: Expected one of name, headline,',
    ],
    ['{ "kind": "app", // why\n }', 'line 1:18, the whole file: Expected no comments, found // why.'],
  ])('%s', (text, problem) => {
    const read = readListing('mine.json', text)
    expect('problems' in read && read.problems[0]).toContain(problem)
  })
})
