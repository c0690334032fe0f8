// `cargo xtask` adds up the size budget from a list of files, read from index.html. This keeps the list honest.
import { expect, test } from '@playwright/test';

/** What browsers fetch only where they have a use for it, which headless Chromium has not. */
const OPTIONAL = /\.(svg|png|ico|webmanifest)$/;

test('the first chart needs the files that the size budget counts, and no others', async ({ page, baseURL }) => {
  const base = new URL(baseURL ?? '').pathname;
  const asked = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith(base)) {
      asked.add(pathname.slice(base.length) || 'index.html');
    }
  });
  await page.goto('./?d=instances');
  await page.locator('section[data-kind="timeseries"][data-state="ready"]').first().waitFor();

  const counted = (process.env.UTKIK_FIRST_LOAD ?? '').split(' ');
  const required = counted.filter((path) => !OPTIONAL.test(path));
  expect([...asked].filter((path) => !OPTIONAL.test(path)).sort()).toEqual(required.sort());
  expect(counted).toEqual(expect.arrayContaining([...asked]));
});
