import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { locales, messageKindNames } from '@vitrine/core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-preview-'))
const argv = process.argv
beforeEach(() => vi.resetModules())
afterEach(() => {
  process.argv = argv
  process.exitCode = 0
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

it('the preview shows every kind of message in every language, beside its text', async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  process.argv = [...argv.slice(0, 2), folder]
  await import('./preview-messages.js')
  expect(print.mock.calls.flat()).toEqual([expect.stringMatching(/^Open file:.*index\.html$/)])
  const files = readdirSync(folder)
  const index = readFileSync(join(folder, 'index.html'), 'utf8')
  for (const locale of locales) {
    for (const kind of messageKindNames) {
      expect(files).toContain(`${locale}-${kind}-1.html`)
      expect(index).toContain(`<iframe src="${locale}-${kind}-1.html"`)
    }
  }
  expect(index).toContain('<pre>Bonjour Camille Valmont,')
})

it('the preview asks where to write to', async () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  process.argv = argv.slice(0, 2)
  await import('./preview-messages.js')
  expect(print.mock.calls.flat()).toEqual(['Say where to write to: npm run preview-messages -- FOLDER'])
  expect(process.exitCode).toBe(1)
})
