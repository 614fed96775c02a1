import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Story, tellStory } from './story.js'
import { bundled, ownFolder, run, started } from './tool.js'

const { folder, remove } = ownFolder()
const file = join(folder, 'market.db')
const store = ['--store', 'sqlite:market.db']
let program: string
let story: Story

beforeAll(async () => {
  program = await bundled(folder, 'src/main.ts')
  story = await tellStory(sqliteStore(file))
})

afterAll(remove)

const vitrine = (...words: readonly string[]) => run(program, words, {}, folder)

const snapshot = (name: string) => `snapshots/${name}.txt`

/** Every command there is: one that is added is added here, and tested. */
const names = [
  'history',
  'explain',
  'trace',
  'at',
  'live',
  'diff',
  'report',
  'verify',
  'anchor',
  'whatif',
  'export',
  'import',
  'deadlines due',
  'tail',
  'messages list',
  'messages resend',
  'parked list',
  'parked retry',
  'parked skip',
  'views list',
  'views build',
  'views rebuild',
]

describe('help', () => {
  it('lists the commands there are, and no others', async () => {
    const { stdout, exit } = await vitrine('--help')
    expect(exit).toBe(0)
    await expect(stdout).toMatchFileSnapshot(snapshot('help'))
    const listed = [...stdout.matchAll(/^ {2}([a-z]+)(?: [[<]\S+)* {2,}\S/gm)].map(([, name]) => name)
    const tops = [...new Set(names.map((name) => name.split(' ')[0]))]
    expect(listed.filter((name) => name !== 'help')).toEqual(tops)
  })

  it.each(names)('of %s shows an example that begins with its name', async (name) => {
    const { stdout, exit } = await vitrine(...name.split(' '), '--help')
    expect(exit).toBe(0)
    expect(stdout).toMatch(new RegExp(`Example:\n  vitrine ${name} .*--store sqlite:`))
  })
})

describe('text', () => {
  it.each(['listing', 'lead', 'lead, erased', 'publisher'])('of the history of a %s reads well', async (what) => {
    const ids = {
      listing: story.listingId,
      lead: story.leadId,
      'lead, erased': story.erasedLeadId,
      publisher: story.publisherId,
    }
    const words = ['history', ids[what as keyof typeof ids], '--as-of', '2026-02-15', ...store]
    const { stdout, exit, stderr } = await vitrine(...words)
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    await expect(stdout).toMatchFileSnapshot(snapshot(`history of a ${what}`))
  })

  it('of a lead whose personal data are opened reads well', async () => {
    const { stdout } = await vitrine('history', story.leadId, '--open', ...store)
    await expect(stdout).toMatchFileSnapshot(snapshot('history of a lead, opened'))
  })

  it('of a listing as it was reads well', async () => {
    const { stdout, exit } = await vitrine('at', story.listingId, '--as-of', '2026-01-05T09:14Z', ...store)
    expect(exit).toBe(0)
    await expect(stdout).toMatchFileSnapshot(snapshot('a listing in review'))
  })

  it('of what is allowed, and why the rest is not, reads well', async () => {
    const { stdout, exit } = await vitrine('explain', story.listingId, '--as-of', '2026-01-05T09:12:30Z', ...store)
    expect(exit).toBe(0)
    await expect(stdout).toMatchFileSnapshot(snapshot('a listing explained'))
  })

  it('of what led to what reads well', async () => {
    const { stdout, exit } = await vitrine('trace', '01920000-0000-7000-8000-000000000037', ...store)
    expect(exit).toBe(0)
    await expect(stdout).toMatchFileSnapshot(snapshot('a trace'))
  })

  it('of two revisions reads well; that they differ is what it ends with', async () => {
    const { stdout, exit } = await vitrine('diff', story.listingId, 'r1', 'r2', ...store)
    expect(exit).toBe(1)
    await expect(stdout).toMatchFileSnapshot(snapshot('two revisions'))
    expect((await vitrine('diff', story.listingId, 'r1', 'r1', ...store)).exit).toBe(0)
  })

  it('of what was told to whom, and of deadlines, reads well', async () => {
    const { stdout: messages } = await vitrine('messages', 'list', '--about', story.listingId, ...store)
    await expect(messages).toMatchFileSnapshot(snapshot('messages'))
    const { stdout: deadlines } = await vitrine('deadlines', 'due', '--as-of', '2026-02-15', '--within', '60', ...store)
    await expect(deadlines).toMatchFileSnapshot(snapshot('deadlines'))
  })

  it('of the last events reads well', async () => {
    const { stdout } = await vitrine('tail', '-n', '5', ...store)
    await expect(stdout).toMatchFileSnapshot(snapshot('tail'))
  })

  it('of the catalogue reads well', async () => {
    const { stdout, exit } = await vitrine('live', '--as-of', '2026-01-20', ...store)
    expect(exit).toBe(0)
    await expect(stdout).toMatchFileSnapshot(snapshot('live'))
  })

  it('has no colours where nobody looks', async () => {
    const { stdout } = await vitrine('live', ...store)
    expect(stdout).not.toContain('\u001b')
  })
})

describe('json', () => {
  it.each([
    ['history', 'listingId'],
    ['at', 'leadId'],
    ['live', undefined],
    ['explain', 'leadId'],
    ['messages list', undefined],
    ['parked list', undefined],
    ['views list', undefined],
    ['deadlines due', undefined],
  ] as const)('of %s is one document, which says what was read and by which rules', async (name, id) => {
    const { stdout, exit } = await vitrine(...name.split(' '), ...(id ? [story[id]] : []), '--format', 'json', ...store)
    expect(exit).toBeLessThan(2)
    expect(JSON.parse(stdout)).toMatchObject({ store: 'sqlite:market.db', rules: 'defaults' })
  })

  it('of raw events is each of them as it is stored', async () => {
    const { stdout } = await vitrine('history', story.leadId, '--raw', ...store)
    const { log, close } = await sqliteStore(file, { readOnly: true }).open()
    const { events } = await log.readStream(`lead-${story.leadId}`)
    await close()
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(events)
  })
})

it('csv is read back as it was meant', async () => {
  const { stdout } = await vitrine('live', '--as-of', '2026-01-20', '--format', 'csv', ...store)
  const rows = parse(stdout, { columns: true }) as readonly Record<string, string>[]
  expect(rows.map(({ name, revision, listingId }) => ({ name, revision, listingId }))).toEqual([
    { name: 'Ledgerline', revision: '1', listingId: story.listingId },
    { name: 'Tillbook', revision: '1', listingId: story.otherId },
  ])
})

describe('what it ends with', () => {
  it('is 4 for an id that nothing has', async () => {
    const { exit, stderr } = await vitrine('history', '01920000-0000-7000-8000-00000000ffff', ...store)
    expect({ exit, stderr }).toEqual({
      exit: 4,
      stderr: 'vitrine: No listing, publisher or lead has the id 01920000-0000-7000-8000-00000000ffff.\n',
    })
  })

  it.each([
    [['history']],
    [['nothing']],
    [['live', '--as-of', 'yesterday', '--store', 'sqlite:market.db']],
    [['live', '--store', 'market.db']],
    [['live', '--store', 'mysql:there']],
    [['live', '--format', 'html', '--store', 'sqlite:market.db']],
    [['live', '--store', 'sqlite:market.db', '--rules', 'nowhere.mjs']],
    [['at', 'x', 'y', '--store', 'sqlite:market.db']],
    [['live', '--store', 'postgres:postgres://nowhere.invalid/x']],
  ])('is 2 when it is used wrongly, with a sentence that says what was expected: %j', async (words) => {
    const { exit, stderr, stdout } = await vitrine(...words)
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toMatch(
      /expected|specified|unknown command|allowed choices|could not be loaded|too many|missing|not installed/i,
    )
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('is 3 when the store cannot be read', async () => {
    writeFileSync(join(folder, 'other.db'), 'this is a text'.repeat(100))
    const { exit, stderr } = await vitrine('live', '--store', 'sqlite:other.db')
    expect(exit).toBe(3)
    expect(stderr).toMatch(/^vitrine: other\.db is no SQLite database/)
  })
})

describe('a store', () => {
  it('that is not there is refused, and never made', async () => {
    const { exit, stderr } = await vitrine('live', '--store', 'sqlite:none.db')
    expect(exit).toBe(3)
    expect(stderr).toBe('vitrine: There is no file none.db. A store is opened here, never made.\n')
    expect(() => readFileSync(join(folder, 'none.db'))).toThrow()
  })

  it('that is read is not changed', async () => {
    const hash = () => ['', '.keys', '.messages', '.views'].map((part) => sha256(join(folder, `market${part}.db`)))
    const before = hash()
    for (const words of [['history', story.listingId], ['at', story.leadId, '--open'], ['live']])
      await vitrine(...words, ...store)
    expect(hash()).toEqual(before)
  })
})

describe('personal data', () => {
  it('cannot be opened where no keys lie beside the log', async () => {
    writeFileSync(join(folder, 'alone.db'), readFileSync(file))
    const sealed = await vitrine('history', story.leadId, '--store', 'sqlite:alone.db')
    expect(sealed.stdout).toContain('‹sealed›')
    const { exit, stderr } = await vitrine('history', story.leadId, '--open', '--store', 'sqlite:alone.db')
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: 'vitrine: Nothing can be opened: no keys lie beside sqlite:alone.db.\n',
    })
  })
})

it('ends quietly when nobody reads on', async () => {
  const { child, ended } = started(program, ['history', story.listingId, ...store], {}, folder)
  child.stdout?.destroy()
  expect(await ended).toMatchObject({ exit: 0, stderr: '' })
})

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

describe('a report', () => {
  it('is one page in a file, which is written whole', async () => {
    const { exit, stdout, stderr } = await vitrine('report', story.listingId, '--output', 'report.html', ...store)
    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: '', stderr: '' })
    const page = readFileSync(join(folder, 'report.html'), 'utf8')
    expect(page).toMatch(/^<!doctype html>\n.*<\/html>\n$/s)
    expect(readdirSync(folder)).not.toContain('report.html.part')
  })

  it('of something else than a listing is refused', async () => {
    expect(await vitrine('report', story.leadId, ...store)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('that of a listing was expected'),
    })
  })
})

describe('what somebody typed', () => {
  it('steers no terminal, whichever way it is shown', async () => {
    const hostile = join(folder, 'hostile.db')
    const { listingId, publisherId } = await tellStory(sqliteStore(hostile), {
      typed: (text) => `${text}\u009b2J\u202e\u2066`,
    })
    const there = ['--store', 'sqlite:hostile.db']
    for (const words of [
      ['history', listingId],
      ['history', listingId, '--raw'],
      ['history', listingId, '--format', 'json'],
      ['history', publisherId],
      ['at', listingId, '--as-of', '2026-01-05T12:00Z'],
      ['explain', listingId, '--as-of', '2026-01-05T09:12:30Z'],
      ['diff', listingId, 'r1', 'r2'],
      ['live', '--as-of', '2026-01-20'],
      ['tail', '-n', '100'],
      ['deadlines', 'due', '--as-of', '2026-02-01', '--within', '90'],
      ['report', listingId],
    ]) {
      const { stdout } = await vitrine(...words, ...there)
      expect([words[0], /[^\P{Cc}\n\r]|[\u202a-\u202e\u2066-\u2069]/u.exec(stdout)?.[0]]).toEqual([words[0], undefined])
    }
  })
})
