import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**', '**/.knowton/**', 'contracts/**']

/**
 * Tiers: fast has no I/O, stores runs the embedded real parts, journeys talks HTTP to the whole platform. Two are not
 * part of `npm test`: binaries needs programs that npm does not bring, upstream the files of other projects.
 */
export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['{core,system,domain,kit,derive,verify,infra,tools}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/*.gen.ts', '**/main.ts'],
      reporter: ['text-summary', 'lcovonly'],
      reportsDirectory: 'coverage',
    },
    projects: [
      {
        test: {
          name: 'fast',
          include: ['**/*.test.ts'],
          exclude: [...exclude, '**/*.{stores,journey,binaries,upstream}.test.ts'],
          // no test of this tier changes what another reads, so modules are loaded once
          isolate: false,
        },
      },
      {
        test: {
          name: 'stores',
          globalSetup: 'tools/testing/stores-setup.ts',
          include: ['**/*.stores.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'journeys',
          globalSetup: ['tests/journeys/setup.ts'],
          include: ['tests/**/*.journey.test.ts'],
          exclude,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'binaries',
          include: ['**/*.binaries.test.ts'],
          exclude,
          testTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'upstream',
          globalSetup: 'tools/testing/upstream-setup.ts',
          include: ['**/*.upstream.test.ts'],
          exclude,
          testTimeout: 240_000,
        },
      },
    ],
  },
})
