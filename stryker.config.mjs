// Mutation testing, by hand: `npm run mutation`, or of one folder `npm run mutation -- --mutate 'packages/core/src/lead/*.ts'`.
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: ['packages/core/src/**/*.ts', '!**/*.test.ts', '!**/index.ts'],
  incremental: true,
  incrementalFile: 'node_modules/.cache/stryker-incremental.json',
  tempDirName: 'node_modules/.cache/stryker',
  ignorePatterns: ['**/dist', 'coverage', 'examples', 'packages/benchmarks'],
  concurrency: 2,
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress'],
  thresholds: { high: 95, low: 90, break: 90 },
}
