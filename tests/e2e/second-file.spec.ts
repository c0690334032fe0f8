// Code that few visits need is in a second file: it comes when it is needed, once, and when it does not come the page says so.
import { expect, test } from './fixture';
import { open } from './app';

const SECOND = '**/rest-*.wasm';

test('the second file is fetched when something first needs it, and once', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/\/rest-\w+\.wasm$/.test(request.url())) {
      asked.push(request.url());
    }
  });
  await open(page, 'd=instances&lang=en');
  expect(asked).toEqual([]);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByLabel('Theme')).toBeVisible();
  await page.keyboard.press('Escape');
  const panel = page.locator('section[data-kind="timeseries"]').first();
  await panel.getByRole('button', { name: 'More about this panel' }).click();
  await panel.getByRole('button', { name: 'View as table' }).click();
  await expect(panel.locator('tbody tr').first()).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('without the second file a sentence stands in its place, and the keyboard gets on when it comes', async ({ page, watch }) => {
  watch.tolerate(/rest-\w+\.wasm|net::ERR_FAILED/);
  await page.route(SECOND, (route) => route.abort());
  await open(page, 'd=instances&lang=en&refresh=off');
  await page.getByRole('button', { name: 'Settings' }).press('Enter');
  const layer = page.locator('.layer:popover-open');
  await expect(layer.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute(SECOND);
  await page.keyboard.press('Tab');
  await expect(layer.getByRole('button', { name: 'Try again' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(layer.getByLabel('Language')).toBeFocused();
});

test('a page in the second file comes by itself once the file can be had', async ({ page, watch }) => {
  watch.tolerate(/rest-\w+\.wasm|status of 503/);
  await page.route(SECOND, (route) => route.fulfill({ status: 503 }));
  await open(page, 'page=targets&lang=en&refresh=5s');
  await expect(page.locator('main').getByRole('alert')).toContainText('could not be loaded');
  await page.unroute(SECOND);
  await expect(page.locator('[data-target]').first()).toBeVisible({ timeout: 15_000 });
});
