import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const packages = ['audit', 'core', 'runtime', 'store-memory', 'store-sqlite', 'testing']
const alias = Object.fromEntries(packages.map((name) => [`@vitrine/${name}`, `${root}packages/${name}/src/index.ts`]))

/** Bundles a program from the sources, once a test file, so that processes start in no time. */
export async function bundled(folder: string, source: string): Promise<string> {
  const name = source.replace(/^.*\/|\.ts$/g, '')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias },
    build: {
      ssr: `${root}packages/audit/${source}`,
      outDir: folder,
      emptyOutDir: false,
      // Who has no server has none of them installed.
      rolldownOptions: {
        external: [/store-(postgres|eventstoredb)/],
        output: { entryFileNames: `${name}.mjs`, chunkFileNames: '[name]-[hash].mjs' },
      },
    },
    ssr: { noExternal: true },
  })
  return join(folder, `${name}.mjs`)
}

/** A folder of a test's own. */
export function ownFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-audit-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** What a run of the tool came to. */
export interface Ran {
  readonly exit: number | string
  readonly stdout: string
  readonly stderr: string
}

/** Runs the tool as a process of its own, to its end. */
export function run(program: string, words: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<Ran> {
  return started(program, words, env, cwd).ended
}

/** Starts the tool, and leaves it to the test. */
export function started(program: string, words: readonly string[], env: NodeJS.ProcessEnv, cwd: string) {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words], {
    cwd,
    env: { ...inherited, ...env },
  })
  const said = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const ended = new Promise<Ran>((resolve) => {
    child.once('close', (code, signal) => resolve({ exit: signal ?? code ?? 'nothing', ...said }))
  })
  return { child, ended, said }
}
