// `cargo xtask test e2e` starts the stack and sets the environment: see `cargo xtask stack` for the names.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  // One stack for all: a test that stops a component must not run beside one that looks at it.
  workers: 1,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  // A test that passes only at the second try must be investigated.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // UTKIK_PICTURES: a folder for screenshots from before a change, see pages.spec.ts.
  snapshotPathTemplate: `${process.env.UTKIK_PICTURES ?? '{testDir}/snapshots'}/{arg}{ext}`,
  use: {
    // Ends in a slash: tests open './?d=instances'.
    baseURL: process.env.UTKIK_URL,
    browserName: 'chromium',
    launchOptions: { executablePath: process.env.UTKIK_CHROMIUM },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
