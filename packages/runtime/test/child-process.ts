import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Bundles a program from the sources, once a test file, so that processes start in no time. */
export async function bundled(program: string, folder: string): Promise<string> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const sourceOf = (name: string) => [`@vitrine/${name}`, `${root}packages/${name}/src/index.ts`]
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: Object.fromEntries(['core', 'runtime', 'store-sqlite'].map(sourceOf)) },
    build: {
      ssr: `${root}packages/runtime/test/${program}.ts`,
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: `${program}.mjs` } },
    },
    ssr: { noExternal: true, external: ['@opentelemetry/api'] },
  })
  return `${folder}/${program}.mjs`
}

/** A process that was started, and how it ended. */
export interface Started {
  /** It has said something. */
  readonly said: Promise<void>
  readonly ended: Promise<number | string>
  /** Ends it at once, with no chance to do anything more. */
  kill(): Promise<void>
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
  const ended = once(child, 'close').then(([code, signal]) => signal ?? code)
  return {
    said: once(child.stdout, 'data').then(() => undefined),
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
