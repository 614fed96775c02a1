// Mutation testing, by hand: `npm run mutation`, or of one folder `npm run mutation -- --mutate 'packages/core/src/lead/*.ts'`.
export default {
  testRunner: 'loaded',
  plugins: ['./.ci/mutation/test-runner.mjs'],
  mutate: ['packages/core/src/**/*.ts', '!**/*.test.ts', '!**/index.ts'],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: 'node_modules/.cache/stryker-incremental.json',
  ignorePatterns: ['**/dist', 'coverage', 'examples', 'packages/benchmarks', 'docs'],
  concurrency: 2,
  timeoutMS: 30_000,
  timeoutFactor: 1.5,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'reports/mutation.json' },
  clearTextReporter: { reportTests: false },
  thresholds: { high: 95, low: 90, break: null },
}
