import { generateKeyPairSync } from 'node:crypto'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sqliteStore } from '@vitrine/store-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Story, tellStory } from './story.js'
import { bundled, ownFolder, run, started } from './tool.js'

const { folder, remove } = ownFolder()
const store = ['--store', 'sqlite:market.db']
let program: string
let story: Story

beforeAll(async () => {
  program = await bundled(folder, 'src/main.ts')
  await bundled(folder, 'test/ten-days.ts')
  await bundled(folder, 'test/own-market.ts')
  story = await tellStory(sqliteStore(join(folder, 'market.db')), { chain: true })
})

afterAll(remove)

const vitrine = (...words: readonly string[]) => run(program, words, {}, folder)

/** A copy of the log in which somebody has worked by hand. */
function tampered(name: string, statement: string): readonly string[] {
  const file = join(folder, `${name}.db`)
  copyFileSync(join(folder, 'market.db'), file)
  const database = new DatabaseSync(file)
  for (const { name: trigger } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()) {
    database.exec(`DROP TRIGGER ${String(trigger)}`)
  }
  database.exec(statement)
  database.close()
  return ['--store', `sqlite:${name}.db`]
}

const ofListing = (version: number) =>
  `stream = (SELECT id FROM streams WHERE name = 'listing-${story.listingId}') AND version = ${version}`

describe('a log that nobody has touched', () => {
  it('verifies, and ends with 0', async () => {
    const { exit, stdout } = await vitrine('verify', ...store)
    expect(exit).toBe(0)
    await expect(stdout).toMatchFileSnapshot('snapshots/verified.txt')
  })

  it('D26 is decided again as it was written', async () => {
    const { exit, stdout } = await vitrine('verify', '--decisions', '--rules', 'own-market.mjs', ...store)
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: expect.stringMatching(/^✓ All \d+ commands/) })
    await expect(stdout).toMatchFileSnapshot('snapshots/decided again.txt')
  })
})

describe('the views of a store', () => {
  it('B10 are what the log makes of them, until somebody changes one by hand', async () => {
    expect(await vitrine('verify', '--views', ...store)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('✓ catalogue'),
    })
    const there = tampered('views', 'SELECT 1')
    copyFileSync(join(folder, 'market.views.db'), join(folder, 'views.views.db'))
    const database = new DatabaseSync(join(folder, 'views.views.db'))
    const { id } = database.prepare("SELECT id FROM views WHERE name = 'catalogue'").get() as { id: number }
    database.exec(`UPDATE view_${id} SET document = replace(document, 'Ledgerline', 'Another one')`)
    database.close()
    const { exit, stdout } = await vitrine('verify', '--views', ...there)
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: expect.stringContaining('✗ catalogue') })
  })
})

describe('a log in which something was changed by hand', () => {
  it('D20 does not verify: the event is named, and it ends with 1', async () => {
    const there = tampered(
      'changed',
      `UPDATE events SET data = replace(data, 'First version', 'Fifth version') WHERE ${ofListing(3)}`,
    )
    const { exit, stdout } = await vitrine('verify', ...there)
    expect({ exit, stdout }).toEqual({
      exit: 1,
      stdout: expect.stringContaining(`chain-broken  listing-${story.listingId}, version 3 (Submitted)`),
    })
    expect((await vitrine('report', story.listingId, '--output', 'changed.html', ...there)).exit).toBe(1)
    expect(readFileSync(join(folder, 'changed.html'), 'utf8')).toContain('tampered with')
  })

  it('D20 a cut tail is found by the anchor alone', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
    writeFileSync(join(folder, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
    expect((await vitrine('anchor', '--key', 'key.pem', '--heads', '--output', 'head.json', ...store)).exit).toBe(0)
    const against = ['--anchor', 'head.json', '--trust', 'public.pem']
    expect((await vitrine('verify', ...against, ...store)).exit).toBe(0)
    const there = tampered('cut', `DELETE FROM events WHERE ${ofListing(19)}`)
    expect((await vitrine('verify', ...there)).exit).toBe(0)
    const { exit, stdout } = await vitrine('verify', ...against, ...there)
    expect({ exit, stdout }).toEqual({
      exit: 1,
      stdout: expect.stringContaining(
        `listing-${story.listingId}  The stream ends at version 18; its last version was 19.`,
      ),
    })
  })

  it('an anchor of another key, or one that was changed, is not believed', async () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    writeFileSync(join(folder, 'other.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
    const other = await vitrine('verify', '--anchor', 'head.json', '--trust', 'other.pem', ...store)
    expect(other).toMatchObject({ exit: 1, stderr: expect.stringContaining('another key') })
    writeFileSync(
      join(folder, 'forged.json'),
      readFileSync(join(folder, 'head.json'), 'utf8').replace('"events": ', '"events": 1'),
    )
    const forged = await vitrine('verify', '--anchor', 'forged.json', ...store)
    expect(forged).toMatchObject({ exit: 1, stderr: expect.stringContaining('Its signature does not hold') })
  })
})

it('what other rules would have decided otherwise is told, with 1 at the end', async () => {
  const { exit, stdout } = await vitrine('whatif', '--rules', 'ten-days.mjs', '--format', 'json', ...store)
  const { decisions } = JSON.parse(stdout) as { decisions: readonly { command: string; sentence: string }[] }
  expect(exit).toBe(1)
  expect(decisions.map(({ command }) => command)).toContain('Approve')
  const text = await vitrine('whatif', '--rules', 'ten-days.mjs', ...store)
  await expect(text.stdout).toMatchFileSnapshot('snapshots/what if.txt')
  expect((await vitrine('whatif', '--rules', 'own-market.mjs', ...store)).exit).toBe(0)
})

describe('a log that is taken elsewhere', () => {
  it('A48 is there as it was, and a second import does nothing', async () => {
    const exported = await vitrine('export', 'market.ndjson', ...store)
    expect(exported.exit).toBe(0)
    await expect(exported.stdout).toMatchFileSnapshot('snapshots/export.txt')
    const copy = ['--store', 'sqlite:copy.db']
    expect((await vitrine('import', 'market.ndjson', ...copy)).exit).toBe(3)
    expect(await vitrine('import', 'market.ndjson', '--create', ...copy)).toMatchObject({ exit: 0 })
    const { stdout } = await vitrine('import', 'market.ndjson', '--format', 'json', ...copy)
    expect(JSON.parse(stdout)).toMatchObject({ written: 0 })
    const both = await Promise.all([store, copy].map((which) => vitrine('history', story.listingId, '--raw', ...which)))
    expect(both[0]!.stdout.replace(/"position":\d+/g, '')).toBe(both[1]!.stdout.replace(/"position":\d+/g, ''))
    expect((await vitrine('verify', ...copy)).exit).toBe(0)
  })

  it('is CloudEvents for other systems', async () => {
    expect((await vitrine('export', 'events.ndjson', '--cloud-events', 'https://market.example', ...store)).exit).toBe(
      0,
    )
    const events = readFileSync(join(folder, 'events.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(events.length).toBe(41)
    expect(events[0]).toMatchObject({ specversion: '1.0', subject: expect.any(String) })
  })

  it('is refused when the file is not what its manifest says', async () => {
    copyFileSync(join(folder, 'market.ndjson.manifest.json'), join(folder, 'bad.ndjson.manifest.json'))
    writeFileSync(
      join(folder, 'bad.ndjson'),
      readFileSync(join(folder, 'market.ndjson'), 'utf8').replace('First version', 'Fifth version'),
    )
    const { exit, stderr } = await vitrine('import', 'bad.ndjson', '--create', '--store', 'sqlite:bad.db')
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: expect.stringContaining('is not what its manifest says') })
  })
})

it('Ctrl-C ends it also while nobody reads what it says', async () => {
  const { child, ended, said } = started(
    program,
    ['tail', '--follow', '-n', '10000', '--format', 'json', ...store],
    {},
    folder,
  )
  await new Promise((resolve) => child.stdout?.once('data', resolve))
  child.stdout?.pause()
  child.kill('SIGINT')
  await new Promise((resolve) => child.once('exit', resolve))
  child.stdout?.resume()
  expect(await ended).toMatchObject({ exit: 130, stderr: '' })
  expect(said.stdout.length).toBeGreaterThan(0)
})
