// Labels, annotations and URLs may be written by anybody: they are shown as text, whatever they contain.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { open, panel } from './app';
import { expect, test } from './fixture';
import { environment, scalar } from './stack';

/** Runs a script if anything parses it as markup. */
const MARKUP = `<img src=x onerror="document.title='taken over'">`;
const LONG = 'x'.repeat(400);

/** An alert and a machine with hostile names, as rules of the real Prometheus. */
const RULES = `groups:
  - name: '${MARKUP}'
    rules:
      - alert: Hostile
        expr: vector(1)
        labels: { severity: '${MARKUP.replaceAll("'", "''")}', long: '${LONG}' }
        annotations:
          summary: '${MARKUP.replaceAll("'", "''")}'
          description: '<script>document.title=1</script> [link](javascript:alert(1)) ${LONG}'
      - record: node_uname_info
        expr: vector(1)
        labels: { job: node, instance: '${MARKUP.replaceAll("'", "''")}', nodename: '${LONG}' }
      - record: up
        expr: vector(1)
        labels: { job: node, instance: '${MARKUP.replaceAll("'", "''")}' }
`.replace(`name: '${MARKUP}'`, `name: '${MARKUP.replaceAll("'", "''")}'`);

const file = () => join(dirname(environment('UTKIK_STACK_FILE')), 'alerts.yml');
let shipped = '';

async function load(rules: string) {
  await writeFile(file(), rules);
  const response = await fetch(`${environment('PROMETHEUS_DIRECT_URL')}-/reload`, { method: 'POST' });
  expect(await response.text()).toBe('');
}

test.beforeAll(async () => {
  shipped = await readFile(file(), 'utf8');
  await load(shipped + RULES.replace(/^groups:\n/, ''));
  await expect.poll(() => scalar('node_uname_info{nodename=~"x+"}'), { timeout: 30_000 }).toBe(1);
  await expect.poll(() => scalar('ALERTS{alertname="Hostile",alertstate="firing"}'), { timeout: 30_000 }).toBe(1);
});

test.afterAll(async () => {
  await load(shipped);
});

for (const theme of ['light', 'dark']) {
  test(`hostile labels and annotations are text, on a phone in ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const narrow = async () => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await expect(page.locator('main img, main script, a[href^="javascript:"]')).toHaveCount(0);
      await expect(page).toHaveTitle(/· Utkik$/);
    };
    await open(page, `page=alerts&theme=${theme}&refresh=5s`);
    const alert = page.locator('[data-alert="Hostile"]');
    await expect(alert).toHaveAttribute('data-alert-state', 'firing');
    await expect(alert.locator('.alert-summary')).toHaveText(MARKUP);
    await expect(alert).toContainText('<script>document.title=1</script> [link](javascript:alert(1))');
    await narrow();

    await open(page, `theme=${theme}&refresh=5s`);
    await expect(page.locator('.firing')).toContainText(MARKUP);
    await narrow();

    // Queries are evaluated at shared times, a few seconds ago: the rules may be newer.
    await open(page, `d=instances&theme=${theme}&refresh=5s`);
    await expect(panel(page, 1).getByRole('link', { name: MARKUP })).toBeVisible();
    await narrow();
  });
}

test('a hostile name can be chosen, and the link to it selects it again', async ({ page }) => {
  await open(page, 'd=instances&refresh=5s');
  await panel(page, 1).getByRole('link', { name: MARKUP }).click();
  expect(new URL(page.url()).searchParams.get('var-instance')).toBe(MARKUP);
  await expect(page.locator('.variable').getByRole('button', { name: 'Machine' })).toHaveText(MARKUP);
  await expect(panel(page, 5)).toHaveAttribute('data-state', 'empty');
  await page.reload();
  await expect(page.locator('.variable').getByRole('button', { name: 'Machine' })).toHaveText(MARKUP);
});

test('hostile values in the URL are shown as text and do not change the query', async ({ page }) => {
  const escape = `"} or vector(7) or up{instance="${MARKUP}`;
  await open(page, `d=nginx&refresh=off&var-instance=${encodeURIComponent(escape)}`);
  await expect(page.getByRole('button', { name: 'Server' })).toHaveText(escape);
  await expect(panel(page, 2)).toHaveAttribute('data-state', 'empty');
  await expect(page.locator('main img')).toHaveCount(0);
});
