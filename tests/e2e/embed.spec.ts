// The app in an iframe on a page of another origin, as in a wiki.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from '@playwright/test';
import { expect, test } from './fixture';

/** A page with one iframe, whose height is what the app in it reports. */
const HOST = (src: string) => `<!doctype html><title>host</title><link rel="icon" href="data:,">
<iframe src="${src}" width="1000" height="150" title="Utkik"></iframe>
<script>
  window.heights = [];
  addEventListener('message', ({ data }) => {
    if (data?.type !== 'utkik:height') return;
    heights.push(data.height);
    document.querySelector('iframe').height = data.height;
  });
</script>`;

let server: Server;
let source = '';

test.beforeAll(async () => {
  server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(HOST(source)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** Opens a page of another origin with the view `query` in an iframe. */
async function embed(page: Page, baseURL: string | undefined, allow: (url: string) => void, query: string): Promise<FrameLocator> {
  source = `${baseURL}?${query.replaceAll('&', '&amp;')}`;
  const host = `http://localhost:${(server.address() as AddressInfo).port}/`;
  allow(host);
  await page.goto(host);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('main')).toHaveAttribute('data-state', 'ready');
  return frame;
}

const height = (page: Page) => page.evaluate(() => (window as unknown as { heights: number[] }).heights.at(-1));

test('an embedded dashboard has no bar and reports its height', async ({ page, baseURL, watch }) => {
  const frame = await embed(page, baseURL, (url) => watch.allow(url), 'd=nginx&embed=1');
  await expect(frame.getByRole('banner')).toHaveCount(0);
  await expect(frame.getByRole('contentinfo')).toHaveCount(0);
  const content = () => frame.locator('.content').evaluate((content) => Math.ceil(content.getBoundingClientRect().height));
  await expect(async () => expect(await height(page)).toBe(await content())).toPass();
  expect(await height(page)).toBeGreaterThan(300);
  await expect(async () => {
    const [scrolled, seen] = await frame.locator('html').evaluate((root) => [root.scrollHeight, root.clientHeight]);
    expect(scrolled).toBe(seen);
  }).toPass();
  // The height is that of the content, not of the iframe: it does not change in an iframe that is too high.
  const before = await height(page);
  await page.locator('iframe').evaluate((element: HTMLIFrameElement) => (element.height = '3000'));
  await page.waitForTimeout(500);
  expect(await height(page)).toBe(before);
});

test('in a narrower iframe the content is higher, and the new height is reported', async ({ page, baseURL, watch }) => {
  await embed(page, baseURL, (url) => watch.allow(url), 'd=nginx&embed=1');
  await expect(async () => expect(await height(page)).toBeGreaterThan(300)).toPass();
  const wide = (await height(page)) ?? 0;
  await page.locator('iframe').evaluate((element: HTMLIFrameElement) => (element.width = '340'));
  await expect(async () => expect(await height(page)).toBeGreaterThan(wide + 100)).toPass();
});

test('a single panel can be embedded', async ({ page, baseURL, watch }) => {
  const frame = await embed(page, baseURL, (url) => watch.allow(url), 'd=docker&panel=6&embed=1&theme=light');
  await expect(frame.locator('section[data-panel-id]')).toHaveCount(1);
  await expect(frame.locator('section[data-panel-id="6"]')).toHaveAttribute('data-state', 'ready');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('the badge is one line of status', async ({ page, baseURL, watch }) => {
  const frame = await embed(page, baseURL, (url) => watch.allow(url), 'page=alerts&embed=1&badge=1');
  await expect(frame.locator('.badge')).toHaveText(/No alert is firing|Firing/);
  await expect(frame.locator('[data-alert]')).toHaveCount(0);
  await expect(async () => expect(await height(page)).toBeLessThan(80)).toPass();
});
