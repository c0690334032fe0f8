// Code that few visits need is loaded on demand: each file once, when it is first needed. If it does not load, the page says so.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { open } from './app';

/** A pattern for the URL of the wasm file with this name. */
const wasm = (name: string) => `**/${name}-*.wasm`;

/** Collects the names of the wasm files that are requested from here on. */
function askedOf(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(...(request.url().match(/[a-z]+(?=-\w+\.wasm$)/) ?? [])));
  return asked;
}

test('a file is loaded once, when it is first needed', async ({ page }) => {
  const asked = askedOf(page);
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await open(page, 'd=instances&lang=en');
  expect(asked).toEqual(['utkik']);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByLabel('Theme')).toBeVisible();
  await page.keyboard.press('Escape');
  const panel = page.locator('section[data-kind="timeseries"]').first();
  await panel.getByRole('button', { name: 'More about this panel' }).click();
  await panel.getByRole('button', { name: 'View as table' }).click();
  await expect(panel.locator('tbody tr').first()).toBeVisible();
  expect(asked.filter((name) => name === 'hands')).toHaveLength(1);
  expect(asked).not.toContain('lists');
  expect(asked).not.toContain('kinds');
  // The second time nothing is loaded.
  const before = asked.length;
  await panel.getByRole('button', { name: 'More about this panel' }).click();
  await expect(panel.getByRole('button', { name: 'Save as CSV' })).toBeVisible();
  expect(asked).toHaveLength(before);
});

test('the file for pointers and keys is loaded after the charts, before it is needed', async ({ page }) => {
  const asked = askedOf(page);
  await open(page, 'd=instances&lang=en');
  await expect.poll(() => asked).toContain('hands');
  expect(asked).not.toContain('lists');
});

test('a file that does not load is reported in its place, and the keyboard focus is right after a retry', async ({ page, watch }) => {
  watch.tolerate(/-\w+\.wasm|net::ERR_FAILED|Failed to fetch/);
  await page.route(wasm('hands'), (route) => route.abort());
  await open(page, 'd=instances&lang=en&refresh=off');
  await page.getByRole('button', { name: 'Settings' }).press('Enter');
  const layer = page.locator('.layer:popover-open');
  await expect(layer.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute(wasm('hands'));
  await page.keyboard.press('Tab');
  await expect(layer.getByRole('button', { name: 'Try again' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(layer.getByLabel('Language')).toBeFocused();
});

test('a page appears by itself once its file can be loaded', async ({ page, watch }) => {
  watch.tolerate(/-\w+\.wasm|status of 503|HTTP status code is not ok/);
  await page.route(wasm('lists'), (route) => route.fulfill({ status: 503 }));
  await open(page, 'page=targets&lang=en&refresh=5s');
  await expect(page.locator('main').getByRole('alert')).toContainText('could not be loaded');
  await page.unroute(wasm('lists'));
  await expect(page.locator('[data-target]').first()).toBeVisible({ timeout: 15_000 });
});

test('a chart is not drawn without its options when their file does not load', async ({ page, watch }) => {
  watch.tolerate(/-\w+\.wasm|net::ERR_FAILED|Failed to fetch/);
  await page.route(wasm('kinds'), (route) => route.abort());
  await page.goto('./?d=gallery&lang=en&from=now-1h&to=now&refresh=off');
  const logarithmic = page.locator('section', { has: page.getByRole('heading', { name: /logarithmic/i }) }).first();
  await logarithmic.scrollIntoViewIfNeeded();
  await expect(logarithmic.getByRole('alert')).toContainText('could not be loaded');
  await expect(logarithmic.locator('canvas')).toHaveCount(0);
  await page.unroute(wasm('kinds'));
  await logarithmic.getByRole('button', { name: 'Try again' }).click();
  await expect(logarithmic.locator('.chart-box canvas')).toBeVisible();
});

test('a file that hangs has failed after a minute', async ({ page, watch }) => {
  test.setTimeout(120_000);
  watch.tolerate(/TimeoutError|timed out|signal/);
  await page.route(wasm('hands'), () => {});
  await open(page, 'd=instances&lang=en&refresh=off');
  await page.getByRole('button', { name: 'Settings' }).click();
  const layer = page.locator('.layer:popover-open');
  await expect(layer.getByRole('alert')).toContainText('could not be loaded', { timeout: 80_000 });
  await page.unroute(wasm('hands'));
  await layer.getByRole('button', { name: 'Try again' }).click();
  await expect(layer.getByLabel('Language')).toBeVisible();
});
