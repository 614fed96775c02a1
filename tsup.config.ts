import { existsSync, readdirSync } from 'node:fs'
import { defineConfig } from 'tsup'

const packages = readdirSync('packages').filter(
  (name) => name !== 'benchmarks' && existsSync(`packages/${name}/src/index.ts`),
)

const shared = {
  format: 'esm' as const,
  target: 'es2023',
  platform: 'node' as const,
  external: [/^@vitrine\//],
  removeNodeProtocol: false, // node:sqlite exists under no other name
  sourcemap: true,
  splitting: false,
  dts: false,
  silent: true,
}

// JavaScript only: the types come from `tsc -b`. A published package is one file, a private one a file for each program.
export default defineConfig([
  ...packages.map((name) => ({ ...shared, entry: [`packages/${name}/src/index.ts`], outDir: `packages/${name}/dist` })),
  { ...shared, entry: ['packages/benchmarks/src/*.ts', '!**/*.test.ts'], outDir: 'packages/benchmarks/dist' },
  { ...shared, entry: ['examples/src/*.ts', '!**/*.test.ts'], outDir: 'examples/dist' },
])
