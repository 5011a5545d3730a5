import { defineConfig } from '@playwright/test'

import { browserFlags, findBrowser } from './lib/testing/browser.ts'

const browser = findBrowser()
const kills = '**/killed-processes.spec.ts'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  projects: [
    { name: 'journeys', testDir: 'e2e/journeys' },
    { name: 'attacks', testDir: 'e2e/attacks', testIgnore: kills },
    // Takes the app from under everybody's feet, so it is asked for by itself: by `npm test` at its end and by `npm run soak`.
    ...(process.env['SOAK_SECONDS'] === undefined ? [] : [{ name: 'kills', testDir: 'e2e/attacks', testMatch: kills }]),
  ],
  globalSetup: './lib/testing/browser-global-setup.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  workers: 2,
  // A test that passes at the second try hides what happened at the first.
  retries: 0,
  timeout: 60_000,
  globalTimeout: 1_200_000,
  expect: { timeout: 15_000 },
  reporter: 'line',
  use: {
    // Chromium has no switch for one more authority; what the certificates promise is tested by clients that
    // are given ours (lib/platform/certificates, e2e/attacks), not by the browser.
    ignoreHTTPSErrors: true,
    launchOptions: {
      executablePath: browser.executablePath,
      args: browserFlags,
      env: { ...process.env, ...browser.env },
    },
    trace: 'retain-on-failure',
  },
})
