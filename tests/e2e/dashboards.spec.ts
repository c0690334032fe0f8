// Every dashboard shows the real stack: each panel has data, and the overview, the alerts and the targets are complete.
import { DASHBOARDS, open, showAllPanels } from './app';
import { expect, test } from './fixture';

for (const id of DASHBOARDS) {
  test(`${id}: every panel has data`, async ({ page }) => {
    test.setTimeout(120_000);
    await open(page, `d=${id}&refresh=5s`);
    await expect(page.locator(`main[data-dashboard="${id}"]`)).toBeVisible();
    await showAllPanels(page);
    // A panel with a step of a minute has its first point after the first full minute since the start of the stack.
    await expect(async () => {
      const states = await page.locator('section[data-panel-id]').evaluateAll((panels) =>
        panels.map((panel) => `${panel.getAttribute('aria-label')}: ${panel.getAttribute('data-state')}`),
      );
      expect(states.length).toBeGreaterThan(5);
      expect(states.filter((state) => !state.endsWith(': ready'))).toEqual([]);
    }).toPass({ timeout: 90_000 });
  });
}

test('the overview shows every service and its state', async ({ page }) => {
  await open(page, '');
  for (const id of DASHBOARDS) {
    // The disk of the machine that runs these tests may really be full.
    await expect(page.locator(`[data-service="${id}"]`)).toHaveAttribute('data-service-state', id === 'prometheus' ? /^(ok|alert)$/ : 'ok');
  }
  await page.locator('[data-service="mysql"]').getByRole('link').click();
  await expect(page).toHaveURL(/\?d=mysql$/);
  await expect(page.locator('main[data-dashboard="mysql"]')).toBeVisible();
});

test('the alert list has every rule, and the targets page every target', async ({ page }) => {
  await open(page, 'page=alerts');
  const rules = ['InstanceDown', 'NginxDown', 'MysqlDown', 'ContainerGone', 'PrometheusDiskLow'];
  await expect(page.locator('[data-alert]')).toHaveCount(rules.length);
  for (const rule of rules) {
    await expect(page.locator(`[data-alert="${rule}"]`)).toHaveAttribute('data-alert-state', /^(firing|pending|inactive)$/);
  }
  await open(page, 'page=targets');
  await expect(page.locator('[data-target^="node/"]')).toHaveCount(3);
  await expect(page.locator('[data-target]:not([data-target-state="up"])')).toHaveCount(0);
});

test('a time range without data is no reason to say that a service is not scraped', async ({ page }) => {
  await open(page, 'd=nginx&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z&lang=en');
  const requests = page.locator('section[data-kind="timeseries"]').first();
  await expect(requests).toHaveAttribute('data-state', 'empty');
  await expect(requests).toContainText('No data in this time range');
});
