import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundled } from '@vitrine/child-processes'
import { sqliteStore } from '@vitrine/store-sqlite'
import { afterAll, expect, it } from 'vitest'
import { leaseOn } from '../src/lease.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-awake-'))
afterAll(() => rmSync(folder, { recursive: true }))

it.each([
  ['ready() behind a process that died', 'ready'],
  ['a question behind a process that died', 'question'],
  ['catchUp() while a notifier hangs', 'catchUp'],
  ['close() while a notifier hangs', 'close'],
])('A41 a process that waits for nothing but %s stays alive until it is answered', async (_, what) => {
  const program = await bundled('runtime/test/awake-child.ts', folder)
  const file = join(folder, `${what}.db`)
  const died = await sqliteStore(file).open()
  if (what === 'ready' || what === 'question') await leaseOn(died.progress, 'views', 1_000).tend()
  await died.close()
  const words = ['--disable-warning=ExperimentalWarning', program, file, what]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words)
  expect([stdout, stderr]).toEqual(['done\n', ''])
})
