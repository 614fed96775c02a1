import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const packages = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Bundles a program from the sources into the folder, once a test file, so that processes start in no time.
 * @param program a path in the folder of the packages, such as `runtime/test/deliver-child.ts`
 * @returns where the bundle lies
 */
export async function bundled(program: string, folder: string): Promise<string> {
  const entryFileNames = `${basename(program, '.ts')}.mjs`
  await build({
    root: packages,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: Object.fromEntries(readdirSync(packages).filter(hasEntry).map(alias)) },
    build: { ssr: join(packages, program), outDir: folder, rolldownOptions: { output: { entryFileNames } } },
    ssr: { noExternal: true, external: ['@opentelemetry/api', 'pg-native'] },
  })
  return join(folder, entryFileNames)
}

function alias(name: string): readonly [string, string] {
  return [`@vitrine/${name}`, entryOf(name)]
}

function hasEntry(name: string): boolean {
  return existsSync(entryOf(name))
}

function entryOf(name: string): string {
  return join(packages, name, 'src', 'index.ts')
}
