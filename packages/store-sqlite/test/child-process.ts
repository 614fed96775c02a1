import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Bundles the child's program from the sources, once a test file, so that processes start in no time. */
export async function bundledChild(folder: string): Promise<string> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@vitrine/core': `${root}packages/core/src/index.ts` } },
    build: {
      ssr: `${root}packages/store-sqlite/test/child.ts`,
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'child.mjs' } },
    },
    ssr: { noExternal: true },
  })
  return `${folder}/child.mjs`
}

/** A process that was started, what it has said so far, and how it ended. */
export interface Started {
  readonly child: ChildProcess
  /** All full lines so far. */
  lines(): readonly string[]
  readonly said: Promise<void>
  readonly ended: Promise<number | string>
}

const started = new Set<ChildProcess>()

/** Ends what a failed test left behind. */
export function endAll(): void {
  for (const child of started) child.kill('SIGKILL')
}

export function start(program: string, ...task: readonly string[]): Started {
  const child = spawn(process.execPath, [program, ...task], { stdio: ['ignore', 'pipe', 'inherit'] })
  started.add(child)
  child.once('close', () => started.delete(child))
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  return {
    child,
    lines: () => output.split('\n').slice(0, -1),
    said: once(child.stdout, 'data').then(() => undefined),
    ended: once(child, 'close').then(([code, signal]) => signal ?? code),
  }
}
