// Which queries the app sends, and how often: few points on a refresh, the same URLs for every viewer, nothing while the page is hidden.
import type { Page, Response } from '@playwright/test';
import { expressionOf, open, panel, queriesOf, showAllPanels } from './app';
import { expect, test } from './fixture';

const isRange = (url: string) => /\/query_range\?/.test(url);

/** How many points a range query asks for, for each of its series. */
function points(url: string): number {
  const number = (name: string) => Number(new URL(url).searchParams.get(name));
  return (number('end') - number('start')) / number('step') + 1;
}

/** A dashboard that only this test has, with data of the real Prometheus. */
async function serve(page: Page, panels: object[]) {
  const body = JSON.stringify({ title: 'Test', panels });
  await page.route('**/dashboards/test.json', (route) => route.fulfill({ contentType: 'application/json', body }));
}

/** All series of the stack several times over, each time with another label `copy`. */
const manySeries = (times: number) =>
  Array.from({ length: times }, (_, copy) => `label_replace({__name__=~".+"}, "copy", "${copy}", "", "")`).join(' or ');

test('a refresh sends one small request per visible expression, and the next viewer hits the cache', async ({ page, browser, watch }) => {
  await open(page, 'd=nginx&from=now-6h&to=now&refresh=off');
  await showAllPanels(page);
  const sent = queriesOf(page);
  const refresh = page.getByRole('button', { name: 'Refresh now' });
  await refresh.click();
  await expect.poll(() => sent.filter(isRange).length).toBeGreaterThan(3);
  await expect(refresh).not.toHaveClass(/busy/);
  const ranges = sent.filter(isRange);
  expect(new Set(ranges.map(expressionOf)).size).toBe(ranges.length);
  // Up to 24 points since the last boundary, half of that again, and an overlap of two minutes at a step of one minute.
  expect(ranges.filter((url) => points(url) > 24 + 12 + 4)).toEqual([]);

  const other = await browser.newContext({ viewport: page.viewportSize() });
  await watch.over(other);
  const viewer = await other.newPage();
  await open(viewer, 'd=nginx&from=now-6h&to=now&refresh=off');
  const answers: Response[] = [];
  viewer.on('response', (response) => answers.push(response));
  const again = viewer.getByRole('button', { name: 'Refresh now' });
  // A new minute may begin between the two refreshes.
  await expect(async () => {
    answers.length = 0;
    await refresh.click();
    await expect(refresh).not.toHaveClass(/busy/);
    await again.click();
    await expect(again).not.toHaveClass(/busy/);
    const heads = answers.filter((response) => isRange(response.url()));
    expect(heads.length).toBeGreaterThan(3);
    expect(heads.map((response) => response.headers()['x-cache-status'] ?? 'none')).toEqual(heads.map(() => 'HIT'));
  }).toPass();
  await other.close();
});

test('going back to an earlier time range requests nothing again', async ({ page }) => {
  await open(page, 'd=nginx&from=now-6h&to=now&refresh=off&panel=2');
  const sent = queriesOf(page);
  const choose = async (range: string) => {
    await page.getByRole('button', { name: 'Time range' }).click();
    await page.getByRole('button', { name: range }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Refresh now' })).not.toHaveClass(/busy/);
  };
  await choose('Last 24 hours');
  await expect.poll(() => sent.filter(isRange).length).toBeGreaterThan(0);
  const before = sent.length;
  await choose('Last 6 hours');
  await expect(panel(page, 2)).toHaveAttribute('data-state', 'ready');
  expect(sent.slice(before).filter(isRange)).toEqual([]);
});

test('a change of a variable repeats only the queries that use it', async ({ page }) => {
  await open(page, 'd=instances&refresh=off');
  const sent = queriesOf(page);
  await panel(page, 1).getByRole('link', { name: 'db', exact: true }).click();
  await expect(page).toHaveURL(/var-instance=db/);
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: 'Refresh now' })).not.toHaveClass(/busy/);
  expect(sent.filter((url) => !expressionOf(url).includes('instance=~"db"'))).toEqual([]);
});

test('a hidden page sends nothing, and refreshes once when it is shown', async ({ page }) => {
  // With saveData the page loads nothing in advance.
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await open(page, 'd=nginx&refresh=5s');
  const show = (state: string) =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await show('hidden');
  await expect(page.getByRole('button', { name: 'Refresh now' })).not.toHaveClass(/busy/);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url()));
  await page.waitForTimeout(12_000);
  expect(sent).toEqual([]);
  await show('visible');
  await expect.poll(() => sent.filter((url) => url.includes('/rules')).length, { timeout: 3_000 }).toBe(1);
});

test('times are by the server’s clock, and a wrong clock of the browser is reported', async ({ page }) => {
  const AHEAD = 7_200_000;
  await page.addInitScript((ahead) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ahead;
  }, AHEAD);
  const sent = queriesOf(page);
  await open(page, 'd=nginx&from=now-15m&to=now&refresh=off&lang=en');
  await expect(page.locator('.notice[role="status"]')).toContainText(/clock is not the server's.*2(\.00)?\sh/);
  await expect(panel(page, 2)).toHaveAttribute('data-state', 'ready');
  const end = Number(new URL(sent.filter(isRange).at(-1) ?? '').searchParams.get('end'));
  expect(Math.abs(end - Date.now() / 1000)).toBeLessThan(120);
});

test('only 50 series are drawn at first, and too many series for a browser are shown as a message', async ({ page }) => {
  await serve(page, [
    { id: 1, type: 'timeseries', title: 'Many', gridPos: { w: 24, h: 8 }, targets: [{ expr: '{job="mysql"}' }] },
    { id: 2, type: 'stat', title: 'Too many', gridPos: { w: 24, h: 4 }, graphMode: 'none', targets: [{ expr: manySeries(8) }] },
  ]);
  await open(page, 'd=test&from=now-5m&to=now&refresh=off&lang=en');
  await showAllPanels(page);
  await expect(panel(page, 1).locator('.cut')).toHaveText(/^50 of \d{3,5} series\. Show all$/);
  await expect(panel(page, 1).locator('.legend button')).toHaveCount(50);
  await panel(page, 1).getByRole('button', { name: 'Show all' }).click();
  await expect(panel(page, 1).locator('.cut')).toHaveText(/^\d{3,5} series\. Show fewer$/);
  await expect(panel(page, 2).locator('.message')).toHaveText(/^\d{5} series are more than a browser can show/);
  // The page still responds.
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.locator('main[data-dashboard="overview"]')).toBeVisible();
});

test('a source that is down is queried less and less often, and used again when it is back', async ({ page, watch, outages }) => {
  test.setTimeout(150_000);
  watch.tolerate(/Failed to load resource/);
  await open(page, 'd=nginx&refresh=5s&lang=en');
  const times: number[] = [];
  await outages.stop('prometheus');
  page.on('request', (request) => request.url().includes('/rules') && times.push(Date.now()));
  await expect(page.getByRole('alert')).toContainText('Prometheus does not answer');
  await expect.poll(() => times.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
  const gaps = times.slice(1).map((time, index) => time - times[index]);
  // 5 s, then 10 and 20, each up to a quarter less.
  expect(gaps[2]).toBeGreaterThan(1.4 * 5_000);
  await outages.mend();
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 60_000 });
  await expect(panel(page, 2)).not.toHaveAttribute('data-stale', 'true');
});
