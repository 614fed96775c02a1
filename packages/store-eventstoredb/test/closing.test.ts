import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundled, endAll, start } from '@vitrine/child-processes'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { paths, testServer } from './server.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-closing-'))
let program = ''
beforeAll(async () => {
  program = await bundled('store-eventstoredb/test/child.ts', folder)
}, 120_000)
const server = await testServer()
afterAll(async () => {
  endAll()
  rmSync(folder, { recursive: true })
  await server.dispose()
})

it.each(paths)(
  'A41 a process that opened and closed a store ends by itself, on the %s path',
  async (appends) => {
    const prefix = `t${randomUUID().replaceAll('-', '')}`
    const child = start(program, server.connectionString, prefix, appends)
    expect(await Promise.race([child.ended, pause(20_000, 'still there')])).toBe(0)
    expect(child.lines().at(-1)).toBe('closed')
  },
  60_000,
)
