// `cargo xtask` adds up the size budget from lists of files, read from index.html. This compares the lists with the browser's requests.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';

/** Files that browsers load only if they use them; headless Chromium does not. */
const OPTIONAL = /\.(svg|png|ico|webmanifest)$/;
const COUNTED: Record<string, string[]> = JSON.parse(process.env.UTKIK_DOORS ?? '{}');

/** The first views ("doors"): query string, and how to wait until the view is shown. */
const DOORS: Record<string, [string, (page: Page) => Promise<unknown>]> = {
  dashboard: ['d=instances', (page) => page.locator('section[data-kind="timeseries"][data-state="ready"]').first().waitFor()],
  overview: ['', (page) => page.locator('main[data-dashboard="overview"][data-state="ready"]').waitFor()],
  alerts: ['page=alerts', (page) => page.locator('main[data-page="alerts"][data-state="ready"] [data-alert]').first().waitFor()],
};

for (const [door, [query, opened]] of Object.entries(DOORS)) {
  test(`${door} loads the files that the size budget counts, and no others`, async ({ page, baseURL }) => {
    const base = new URL(baseURL ?? '').pathname;
    const asked = new Set<string>();
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith(base)) {
        asked.add(pathname.slice(base.length) || 'index.html');
      }
    });
    // With saveData the page loads nothing in advance.
    await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
    await page.goto(`./?${query}`);
    await opened(page);
    const seen = [...asked];

    const counted = COUNTED[door];
    const required = counted.filter((path) => !OPTIONAL.test(path));
    expect(seen.filter((path) => !OPTIONAL.test(path)).sort()).toEqual(required.sort());
    expect(counted).toEqual(expect.arrayContaining(seen));
  });
}

test('the options of the first variable are requested once, before the app is loaded', async ({ page }) => {
  // The request covers blocks of five minutes: the page must not load across the end of one.
  await page.clock.setFixedTime(Date.now());
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    asked.push(...(pathname.match(/label\/\w+\/values$|\.wasm$/) ?? []));
  });
  await page.route('**/utkik-*.wasm', async (route) => {
    await expect.poll(() => asked).toContain('label/job/values');
    await route.continue();
  });
  await page.goto('./?d=instances');
  await DOORS.dashboard[1](page);
  expect(asked.filter((what) => what === 'label/job/values')).toHaveLength(1);
});
