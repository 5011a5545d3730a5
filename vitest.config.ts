import { join } from 'node:path'

import { defineConfig } from 'vitest/config'

import { isLostTypeQuery } from './lib/platform/db/lost-type-query.ts'

// Not 'import', which is always there for who imports: the workers get these as flags, and then a require() would follow it too.
const conditions = ['react-server', 'node']
const elsewhere = ['**/node_modules/**', '**/.next/**', 'e2e/**']

// The same conditions the processes run under; the alias is for global set-ups, which Vite resolves without them.
const shared = {
  resolve: { conditions, alias: { 'server-only': join(import.meta.dirname, 'node_modules/server-only/empty.js') } },
  ssr: { resolve: { conditions, externalConditions: conditions } },
}
const base = { pool: 'forks' as const, execArgv: ['--conditions=react-server'], restoreMocks: true }
const withDatabase = {
  globalSetup: ['lib/testing/database-global-setup.ts'],
  setupFiles: ['lib/testing/database-setup.ts'],
}

export default defineConfig({
  test: {
    // What our processes outlive: tests that cut the wire meet it too.
    onUnhandledError: (error) => !isLostTypeQuery(error),
    projects: [
      {
        ...shared,
        test: {
          ...base,
          name: 'unit',
          testTimeout: 30_000,
          include: ['**/*.test.ts'],
          exclude: [...elsewhere, '**/*.db.test.ts', '**/*.service.test.ts'],
        },
      },
      {
        ...shared,
        test: {
          ...base,
          ...withDatabase,
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: elsewhere,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          ...base,
          ...withDatabase,
          name: 'service',
          include: ['**/*.service.test.ts'],
          exclude: elsewhere,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
