import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

// Relative, not by an export condition: mutation tests run on a copy and must find the copy's sources.
const packages = Object.fromEntries(
  readdirSync(new URL('packages', import.meta.url)).map((name) => [
    `@vitrine/${name}`,
    new URL(`packages/${name}/src/index.ts`, import.meta.url).pathname,
  ]),
)

const source = (file: string) => new URL(`packages/${file}`, import.meta.url).pathname

// An entry of its own comes before its package, which would be taken for a folder of it.
const alias = { '@vitrine/testing/eventstoredb-server': source('testing/src/eventstoredb-server.ts'), ...packages }

export default defineConfig({
  resolve: { alias },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'examples/**/*.test.ts',
      'docs/**/*.test.ts',
      '.ci/**/*.test.mjs',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: 'packages/embedded-postgres/src/server-on-demand.ts',
    pool: 'forks',
    // By default one core is left to whoever watches: nobody watches here, and many tests wait for servers.
    maxWorkers: '100%',
    // A real EventStoreDB that is killed and started again belongs to one file at a time.
    fileParallelism: process.env.VITRINE_EVENTSTOREDB_START === undefined,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    reporters: ['default', './.ci/reporter.mjs'],
    coverage: {
      provider: 'v8',
      include: ['packages/core/src/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text', 'html', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: { 100: true },
    },
  },
})
