import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

// Relative, not by an export condition: mutation tests run on a copy and must find the copy's sources.
const alias = Object.fromEntries(
  readdirSync(new URL('packages', import.meta.url)).map((name) => [
    `@vitrine/${name}`,
    new URL(`packages/${name}/src/index.ts`, import.meta.url).pathname,
  ]),
)

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
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
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
