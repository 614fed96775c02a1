import { defineConfig } from 'vitest/config'
import base from './vitest.config.js'

// For mutants: the tests that prove the core and nothing else; what walks through every state would take too long for each.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: (process.env.VITRINE_TESTS ?? 'packages/core/src/**/*.test.ts,packages/core/test/**/*.test.ts').split(','),
    exclude: [...(base.test?.exclude ?? []), 'packages/core/src/listing/laws.test.ts'],
    reporters: ['default'],
    testTimeout: 120_000,
  },
})
