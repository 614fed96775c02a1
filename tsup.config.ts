import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

const packages = readdirSync('packages').filter(
  (name) => name !== 'benchmarks' && name !== 'audit' && existsSync(`packages/${name}/src/index.ts`),
)

/** The entries of a package beside its first. */
const more: { readonly [name: string]: readonly string[] } = {
  testing: ['src/eventstoredb-server.ts', 'src/eventstoredb-child.ts'],
}

const shared = {
  format: 'esm' as const,
  target: 'es2023',
  platform: 'node' as const,
  removeNodeProtocol: false, // node:sqlite exists under no other name
  sourcemap: true,
  splitting: false,
  dts: false,
  silent: true,
}

/** What a package depends on is installed beside it, never copied into it. */
function externalTo(folder: string): string[] {
  const {
    dependencies = {},
    peerDependencies = {},
    devDependencies = {},
  } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    [kind: string]: Record<string, string> | undefined
  }
  return Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies })
}

/** One build for each package: `entry` is relative to its folder. */
function built(folder: string, entry: readonly string[]) {
  const entries = entry.map((one) => (one.startsWith('!') ? one : `${folder}/${one}`))
  return { ...shared, entry: entries, outDir: `${folder}/dist`, external: externalTo(folder) }
}

// JavaScript only: the types come from `tsc -b`. A published package is one file for each of its entries, a private one a file for each program;
// audits are both, and share what they have in common.
export default defineConfig([
  { ...built('packages/audit', ['src/index.ts', 'src/main.ts', 'src/verify-worker.ts']), splitting: true },
  ...packages.map((name) => built(`packages/${name}`, ['src/index.ts', ...(more[name] ?? [])])),
  built('packages/benchmarks', ['src/*.ts', '!**/*.test.ts']),
  built('examples', ['src/*.ts', '!**/*.test.ts']),
])
