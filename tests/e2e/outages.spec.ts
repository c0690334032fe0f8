// Outages are shown, and disappear by themselves when they end. Nothing is simulated: components of the stack are stopped, killed, paused.
import { open, panel, showAllPanels } from './app';
import { expect, test } from './fixture';
import { control } from './stack';

/** An alert fires a minute after its cause; then come the next scrape, evaluation and refresh. Milliseconds, as below. */
const FIRES = 100_000;
/** The dashboard counts a container as gone 150 s after cAdvisor last saw it. */
const GONE = 200_000;
/** Nginx waits this long for a Prometheus that hangs. */
const PROXY_PATIENCE = 30_000;

// The container is killed before the other tests and checked after them: they fill the time until it counts as gone.
test.beforeAll(async () => {
  await control('kill-container', 'db').catch(() => {
    // It is already stopped if a failed test made the runner start again.
  });
});

test.afterAll(async () => {
  await control('start-container', 'db');
});

test('a machine that stops turns one row red, and only that', async ({ page, outages }) => {
  await open(page, 'd=instances&refresh=5s');
  const table = panel(page, 1);
  const row = (name: string) => table.locator(`[data-row="${name}"]`);
  const state = (name: string) => row(name).locator('td').first();
  await expect(table.locator('[data-row]')).toHaveCount(3);
  for (const name of ['app', 'db', 'monitor']) {
    await expect(state(name)).toHaveClass('is-green');
  }
  await outages.stop('node-db');
  await expect(state('db')).toHaveClass('is-red', { timeout: 30_000 });
  await expect(state('db')).toContainText('down');
  await expect(table.locator('[data-row]')).toHaveCount(3);
  await expect(state('app')).toHaveClass('is-green');
  await expect(state('monitor')).toHaveClass('is-green');
  await outages.mend();
  await expect(state('db')).toHaveClass('is-green', { timeout: 30_000 });
});

test('a database that stops is seen on the overview and fires its alert, until it is back', async ({ page, outages }) => {
  test.setTimeout(2 * FIRES + 60_000);
  await open(page, 'refresh=5s');
  const tile = page.locator('[data-service="mysql"]');
  await expect(tile).toHaveAttribute('data-service-state', 'ok');
  await outages.stop('mariadb');
  await expect(tile).toHaveAttribute('data-service-state', 'down', { timeout: 30_000 });

  await open(page, 'page=alerts&refresh=5s');
  const alert = (state: string) => page.locator(`[data-alert="MysqlDown"][data-alert-state="${state}"]`);
  await expect(alert('pending')).toBeVisible({ timeout: 30_000 });
  await expect(alert('firing')).toBeVisible({ timeout: FIRES });
  await expect(page.locator('[data-alert]').first()).toHaveAttribute('data-alert-state', 'firing');
  await expect(alert('firing').locator('.alert-summary')).toHaveText('MySQL is down on db');
  await expect(page.locator('header.bar').getByRole('link', { name: /Alerts \d/ })).toBeVisible();

  await open(page, 'refresh=5s&lang=sv');
  await expect(page.locator('.firing')).toContainText('MySQL ligger nere på db');
  await outages.mend();
  await expect(tile).toHaveAttribute('data-service-state', 'ok', { timeout: 60_000 });
  await open(page, 'page=alerts&refresh=5s');
  await expect(alert('inactive')).toBeVisible({ timeout: 30_000 });
});

test('without Prometheus the last answers stay, marked as old, and new ones come by themselves', async ({ page, outages, watch }) => {
  watch.tolerate(/Failed to load resource.*502/);
  await open(page, 'd=nginx&refresh=5s');
  await showAllPanels(page);
  const numbers = page.locator('section[data-kind="stat"] [data-value]');
  const before = await numbers.allTextContents();
  await outages.stop('prometheus');
  await expect(page.locator('[data-panel-id][data-stale="true"]').first()).toBeVisible({ timeout: 30_000 });
  // The error is shown once for the page; each panel only shows the age of its answer.
  const banner = page.locator('.content > [role="alert"]');
  await expect(banner).toHaveCount(1);
  await expect(banner).toContainText('Prometheus does not answer');
  await expect(page.locator('[data-panel-id]:not([data-stale="true"])')).toHaveCount(0);
  await expect(page.locator('[data-panel-id]:not([data-state="ready"])')).toHaveCount(0);
  expect(await numbers.count()).toBe(before.length);
  await expect(panel(page, 5).locator('canvas')).toBeVisible();

  // A page that is opened now has no old answer, and shows the error.
  const newcomer = await page.context().newPage();
  await open(newcomer, '');
  await expect(newcomer.locator('.content > [role="alert"]')).toContainText('Prometheus does not answer');
  await expect(newcomer.locator('[data-service="nginx"]')).toHaveAttribute('data-service-state', 'unknown');
  await newcomer.close();

  await outages.mend();
  await expect(banner).toHaveCount(0, { timeout: 60_000 });
  await expect(page.locator('[data-stale="true"]')).toHaveCount(0, { timeout: 30_000 });
});

test('a Prometheus that hangs is reported after the timeout of the proxy', async ({ page, outages, watch }) => {
  test.setTimeout(2 * PROXY_PATIENCE + 120_000);
  watch.tolerate(/Failed to load resource.*504/);
  await open(page, 'd=nginx&refresh=5s');
  await outages.hang('prometheus');
  const banner = page.locator('.content > [role="alert"]');
  await expect(banner).toContainText(/Prometheus does not answer.*\(HTTP 504\)/, {
    // Twice: the first request may be aborted when the network interface of a container is removed.
    timeout: 2 * PROXY_PATIENCE + 15_000,
  });
  await expect(page.locator('[data-panel-id][data-state="ready"][data-stale="true"]').first()).toBeVisible();
  await outages.mend();
  await expect(banner).toHaveCount(0, { timeout: 60_000 });
});

test('a web server that is stopped is reported, and used again when it is back', async ({ page, outages, watch }) => {
  watch.tolerate(/Failed to load resource.*ERR_(CONNECTION|EMPTY)/);
  await open(page, 'page=alerts&refresh=5s');
  await outages.stop('nginx');
  const banner = page.locator('.content > [role="alert"]');
  await expect(banner).toContainText('The server cannot be reached', { timeout: 30_000 });
  await expect(page.locator('[data-alert]')).toHaveCount(5);
  await outages.mend();
  await expect(banner).toHaveCount(0, { timeout: 60_000 });
});

test('a container that was killed is shown as gone, and as running once it is back', async ({ page }) => {
  test.setTimeout(GONE + 120_000);
  await open(page, 'd=docker&refresh=5s');
  const state = page.locator('[data-row="db"] td').first();
  const value = (id: number) => panel(page, id).locator('[data-value]');
  await expect(state).toHaveText(/gone/, { timeout: GONE });
  await expect(state).toHaveClass('is-red');
  await expect(page.locator('[data-row="microblog"] td').first()).toHaveText(/running/);
  await expect(value(2)).toHaveText('1');
  // The number over a sparkline is the sparkline's last point, which may be a step of 15 s old.
  await expect(value(1)).toHaveText('1', { timeout: 45_000 });
  await open(page, 'page=alerts&refresh=5s');
  await expect(page.locator('[data-alert="ContainerGone"][data-alert-state="firing"]')).toContainText('Container db is gone', {
    timeout: 60_000,
  });

  await control('start-container', 'db');
  await open(page, 'd=docker&refresh=5s');
  await expect(state).toHaveText(/running/, { timeout: 60_000 });
  await expect(value(2)).toHaveText('0');
  await open(page, 'page=alerts&refresh=5s');
  await expect(page.locator('[data-alert="ContainerGone"][data-alert-state="inactive"]')).toBeVisible({ timeout: 30_000 });
});
