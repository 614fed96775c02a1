import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fragile } from './own-market.js'
import { type Story, tellStory } from './story.js'
import { bundled, ownFolder, run, started } from './tool.js'

const { folder, remove } = ownFolder()
const store = ['--store', 'sqlite:market.db']
const own = ['--rules', 'own-market.mjs', ...store]
const decided = ['--by', 'u-olaf', '--name', 'Olaf Brandt', '--why', 'mended in 1.4']
let program: string
let story: Story

beforeAll(async () => {
  program = await bundled(folder, 'src/main.ts')
  await bundled(folder, 'test/own-market.ts')
  story = await tellStory(sqliteStore(join(folder, 'market.db')), { policies: [fragile] })
})

afterAll(remove)

const vitrine = (...words: readonly string[]) => run(program, words, {}, folder)
const json = async (...words: readonly string[]) => {
  const { stdout, exit, stderr } = await vitrine(...words, '--format', 'json')
  return { exit, stderr, ...(JSON.parse(stdout) as Record<string, never>) } as Record<string, unknown>
}

describe('a stream that a policy has parked', () => {
  const which = () => ['fragile', `listing-${story.otherId}`]

  it('is listed, with the reason, and the exit code says that there is one', async () => {
    expect(await json('parked', 'list', ...store)).toMatchObject({
      exit: 1,
      parked: [
        { policy: 'fragile', stream: `listing-${story.otherId}`, version: 0, reason: 'Tillbook is too much for it.' },
      ],
    })
  })

  it('reads well in a list', async () => {
    const { stdout } = await vitrine('parked', 'list', ...store)
    await expect(stdout).toMatchFileSnapshot('snapshots/parked.txt')
    await expect((await vitrine('views', 'list', ...store)).stdout).toMatchFileSnapshot('snapshots/views.txt')
  })

  it('is tried again or skipped only with a name and a reason, by rules that are named', async () => {
    const nameless = await vitrine('parked', 'retry', ...which(), ...own)
    expect(nameless).toMatchObject({ exit: 2, stderr: expect.stringContaining('--by <id> and --why <reason>') })
    const lawless = await vitrine('parked', 'skip', ...which(), ...decided, ...store)
    expect(lawless).toMatchObject({ exit: 2, stderr: expect.stringContaining('--rules <file>') })
  })

  it('B6 stays parked while the policy still cannot take it', async () => {
    const { exit, stdout } = await vitrine('parked', 'retry', ...which(), ...decided, ...own)
    expect({ exit, stdout }).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('is still parked, at version 0'),
    })
  })

  it('B6 goes on once the policy is mended; who had it tried again, and why, is kept', async () => {
    const { exit } = await run(program, ['parked', 'retry', ...which(), ...decided, ...own], { MENDED: 'yes' }, folder)
    expect(exit).toBe(0)
    expect(await json('parked', 'list', ...store)).toMatchObject({ exit: 0, parked: [] })
    expect(await json('parked', 'list', '--decided', ...store)).toMatchObject({
      decisions: [
        { is: 'retried', policy: 'fragile', by: { id: 'u-olaf', name: 'Olaf Brandt' }, why: 'mended in 1.4' },
      ],
    })
  })

  it('that is not parked is not tried again', async () => {
    const { exit, stderr } = await vitrine('parked', 'skip', ...which(), ...decided, ...own)
    expect({ exit, stderr }).toMatchObject({ exit: 4, stderr: expect.stringContaining('has not parked') })
  })
})

it('B7 a parked stream that is skipped goes on behind the event; who decided that, and why, is kept', async () => {
  const other = join(folder, 'skipped.db')
  const { otherId } = await tellStory(sqliteStore(other), { policies: [fragile] })
  const there = ['--rules', 'own-market.mjs', '--store', 'sqlite:skipped.db']
  const { exit, stdout } = await vitrine('parked', 'skip', 'fragile', `listing-${otherId}`, ...decided, ...there)
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: `✓ fragile has gone on with listing-${otherId}.\n` })
  expect(await json('parked', 'list', '--decided', '--store', 'sqlite:skipped.db')).toMatchObject({
    decisions: [{ is: 'skipped', version: 0, by: { id: 'u-olaf' }, why: 'mended in 1.4' }],
  })
})

describe('messages', () => {
  it('are listed with what became of them; the exit code says that one was lost', async () => {
    const { exit, stdout } = await vitrine('messages', 'list', '--format', 'csv', ...store)
    const rows = parse(stdout, { columns: true }) as readonly Record<string, string>[]
    expect(exit).toBe(1)
    expect(rows.filter(({ status }) => status === 'givenUp')).toMatchObject([
      { kind: 'rejected', reason: 'There is no such mailbox.' },
    ])
    expect((await vitrine('messages', 'list', '--about', story.leadId, ...store)).exit).toBe(0)
  })

  it('that were lost are due again once somebody says why, who is recorded', async () => {
    const { messages } = (await json('messages', 'list', '--status', 'givenUp', ...store)) as {
      messages: readonly { messageId: string }[]
    }
    const { messageId } = messages[0]!
    const { exit } = await vitrine('messages', 'resend', messageId, '0', ...decided, ...store)
    expect(exit).toBe(0)
    expect(await json('messages', 'list', '--status', 'due', ...store)).toMatchObject({
      messages: [
        { messageId, resent: { by: { id: 'u-olaf', name: 'Olaf Brandt', role: 'operator' }, why: 'mended in 1.4' } },
      ],
    })
    const again = await vitrine('messages', 'resend', messageId, ...decided, ...store)
    expect(again).toMatchObject({ exit: 1, stdout: expect.stringContaining('still being sent') })
  })

  it('that do not exist are not sent again', async () => {
    expect(
      (await vitrine('messages', 'resend', '01920000-0000-7000-8000-00000000ffff', ...decided, ...store)).exit,
    ).toBe(4)
  })
})

describe('views', () => {
  type Listed = {
    readonly views: readonly { readonly name: string; readonly is: string; readonly behind: number | null }[]
  }

  it('are listed with how far behind they are, and which of them this code asks', async () => {
    const { views } = (await json('views', 'list', ...own)) as unknown as Listed
    expect(views.find(({ name }) => name === 'catalogue')).toMatchObject({ is: 'asked', live: true, behind: 0 })
    expect(views.find(({ name }) => name === 'begun')).toMatchObject({ live: false })
    expect(views.find(({ name }) => name === 'deliveries')).toMatchObject({ is: 'other' })
  })

  it('are built, those of one’s own too, and rebuilt', async () => {
    expect(await vitrine('views', 'build', ...own)).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/^✓ \d+ views stand at the end/),
    })
    expect((await vitrine('views', 'rebuild', 'begun', 'catalogue', ...own)).exit).toBe(0)
    const { views } = (await json('views', 'list', ...own)) as unknown as Listed
    expect(views.filter(({ is }) => is !== 'other').every(({ behind }) => behind === 0)).toBe(true)
    expect(views.map(({ name }) => name)).toContain('begun')
  })

  it('that nobody knows are not rebuilt', async () => {
    const { exit, stderr } = await vitrine('views', 'rebuild', 'cataloge', ...own)
    expect({ exit, stderr }).toMatchObject({ exit: 2, stderr: expect.stringContaining('One of these was expected: ') })
  })
})

describe('deadlines', () => {
  it('that are overdue are found, and the exit code says so', async () => {
    expect(await json('deadlines', 'due', '--as-of', '2026-04-01', ...store)).toMatchObject({
      exit: 1,
      overdue: 1,
      deadlines: [{ id: story.listingId, commands: [{ type: 'ExpireApproval' }] }],
    })
    expect(await json('deadlines', 'due', '--as-of', '2026-02-01', ...store)).toMatchObject({ exit: 0, deadlines: [] })
  })
})

describe('the tail of a log', () => {
  it('is its last events, one a line', async () => {
    const { stdout } = await vitrine('tail', '-n', '2', '--types', 'Published', '--format', 'json', ...store)
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { stream: string })
    expect(events.map(({ stream }) => stream)).toEqual([`listing-${story.listingId}`, `listing-${story.otherId}`])
  })

  it('is followed until Ctrl-C, which ends it with 130', async () => {
    const { child, ended, said } = started(program, ['tail', '--follow', '-n', '1', ...store], {}, folder)
    await until(() => said.stdout.includes('\n'))
    const { log, close } = await sqliteStore(join(folder, 'market.db')).open()
    const { events } = await log.readStream(`lead-${story.leadId}`)
    const { head } = await log.readStream('elsewhere-1')
    const { metadata } = events[0]!
    const event = { id: '01920000-0000-7000-8000-00000000aaaa', type: 'Elsewhere', data: {}, metadata }
    await log.append({ writes: [{ stream: 'elsewhere-1', expected: head, events: [event] }] })
    await close()
    await until(() => said.stdout.includes('Elsewhere'))
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ exit: 130, stderr: '' })
  })
})

describe('rules that cannot be loaded', () => {
  it('are named, with the reason', async () => {
    writeFileSync(join(folder, 'wrong.mjs'), 'export default { rules: 1 }')
    writeFileSync(join(folder, 'broken.mjs'), 'export default {')
    for (const [file, why] of [
      ['wrong.mjs', 'neither a marketplace'],
      ['broken.mjs', 'Unexpected'],
    ] as const) {
      const { exit, stderr } = await vitrine('live', '--rules', file, ...store)
      expect({ exit, stderr }).toMatchObject({ exit: 2, stderr: expect.stringContaining(why) })
    }
  })
})

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}
