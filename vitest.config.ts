import { defineConfig } from 'vitest/config'

// The sources run as they are: the condition picks `src` of each package instead of `dist`.
const resolve = { conditions: ['phial-source'] }
const ssr = { resolve: { conditions: ['phial-source'], externalConditions: ['phial-source'] } }

export default defineConfig({
  resolve,
  ssr,
  test: {
    // Running times and browsers feel whatever else the machine does, so a test that fails has two more tries there.
    // Properties keep their seed, so that no try hides what an earlier one has found.
    retry: process.env['CI'] === undefined ? 0 : 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: ['tests/property-seed.ts'],
          // One project after the other: tests of running times would feel the processes.
          sequence: { groupOrder: 0 },
          include: [
            'packages/*/src/**/*.test.ts',
            'examples/*/**/*.test.ts',
            'scripts/**/*.test.ts',
            'conformance/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.process.test.ts'],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          sequence: { groupOrder: 1 },
          include: [
            'packages/*/src/**/*.process.test.ts',
            'conformance/**/*.process.test.ts',
            'tests/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', 'tests/*browser.test.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          sequence: { groupOrder: 2 },
          include: ['tests/*browser.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
