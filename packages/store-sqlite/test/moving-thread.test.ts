import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled, endAll, start } from '@vitrine/child-processes'
import type { OpenStore, ViewShape, ViewTable } from '@vitrine/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sqliteStore } from '../src/index.js'

const shape: ViewShape = { name: 'v', version: 1, indexes: [['n']], text: false }
/** Documents of 1 kB: far fewer pages than a connection lets be before it moves them itself. */
const count = 4_000

const folder = mkdtempSync(join(tmpdir(), 'vitrine-moving-'))
let program = ''
beforeAll(async () => {
  program = await bundled('store-sqlite/test/child.ts', folder)
})
afterAll(() => {
  endAll()
  rmSync(folder, { recursive: true })
})

describe('a first fill', () => {
  it('is moved into the file while the store is open, by a thread that is gone when it is closed', async () => {
    const file = join(folder, 'open.db')
    const { store, table } = await filled(file)
    await vi.waitFor(() => expect(statSync(viewsOf(file)).size).toBeGreaterThan(count * 1_000), 5_000)
    await table.finish()
    expect(await table.count({ where: { n: 7 } })).toBe(1)
    await store.close()
    expect(readdirSync(folder).filter((name) => name.startsWith('open.') && /-(wal|shm)$/.test(name))).toEqual([])
  })

  it('goes on after a pause in which the thread has ended', async () => {
    const file = join(folder, 'pause.db')
    const { store, table } = await filled(file)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await write(table, count)
    await vi.waitFor(() => expect(statSync(viewsOf(file)).size).toBeGreaterThan(2 * count * 1_000), 5_000)
    await store.close()
  })

  it('keeps no process alive', async () => {
    const child = start(program, 'fill', join(folder, 'left.db'), 'leave', String(count))
    expect(await child.ended).toBe(0)
    expect(child.lines()).toEqual([`${count} live`])
  })

  it('needs no thread where none is allowed', async () => {
    const rights = ['--allow-fs-read=*', '--allow-fs-write=*']
    const child = start('--permission', ...rights, program, 'fill', join(folder, 'alone.db'), 'close', String(count))
    expect(await child.ended).toBe(0)
    expect(child.lines()).toEqual([`${count} live`])
  })
})

async function filled(file: string): Promise<{ readonly store: OpenStore; readonly table: ViewTable }> {
  const store = await sqliteStore(file).open()
  const table = await store.views.open(shape)
  await write(table, 0)
  return { store, table }
}

async function write(table: ViewTable, first: number): Promise<void> {
  const { checkpoint: from } = await table.status()
  const put = Array.from({ length: count }, (_, at) => {
    return { key: `k${first + at}`, document: { n: first + at, text: 'x'.repeat(1_000) } }
  })
  await table.write({ from, to: { logId: 'log', position: first + count, id: 'e' }, put, remove: [] })
}

function viewsOf(file: string): string {
  return file.replace('.db', '.views.db')
}
