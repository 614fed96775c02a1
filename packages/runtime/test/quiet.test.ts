import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundled } from '@vitrine/child-processes'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-quiet-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Node looks whether it is watched, immer whether it is in production, and zod keeps what it shares. */
const ofOthers = /^(WATCH_REPORT_DEPENDENCIES|NODE_ENV|__zod_\w+)$/

it('a marketplace prints nothing, listens to no signal, never exits, reads no environment at import and leaves no globals', async () => {
  const program = await bundled('runtime/test/quiet-child.ts', folder)
  const words = ['--disable-warning=ExperimentalWarning', program, join(folder, 'market.db')]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words)
  const [line = '', ...more] = stdout.split('\n')
  const { before, readAtImport, globals, ...said } = JSON.parse(line)
  expect(said).toEqual({ isDone: true, exits: 0, whileOpen: before, after: before })
  expect([more, stderr]).toEqual([[''], ''])
  expect(readAtImport.filter((name: string) => !ofOthers.test(name))).toEqual([])
  expect(globals.filter((name: string) => !ofOthers.test(name))).toEqual([])
}, 60_000)
