import { defineConfig } from 'vitest/config'

// Tests run on the sources: the condition below is the first entry of every package's `exports`.
const conditions = ['@overlay-render/source', 'node', 'import', 'module', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Most tests wait for a program that they started.
    maxWorkers: '100%',
  },
})
