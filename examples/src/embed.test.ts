import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'

it('embedding takes a file, a marketplace and commands', async () => {
  const [folder, home] = [mkdtempSync(join(tmpdir(), 'vitrine-embed-')), process.cwd()]
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  process.chdir(folder)
  try {
    await import('./embed.js')
    expect(print.mock.calls.flat()).toEqual([expect.stringMatching(/^Submit needs 9 more things: a headline;/)])
  } finally {
    process.chdir(home)
    rmSync(folder, { recursive: true, force: true })
  }
})
