// What stands on screen is what Prometheus says: the requests that a page sent are asked again past every proxy, and compared.
import type { Page } from '@playwright/test';
import { DASHBOARDS, dashboard, expressionOf, open, panel, queriesOf, type Field } from './app';
import { expect, test } from './fixture';
import { mistake } from './reading';
import { askAgain, type Series } from './stack';

/** A window that has ended: no sample of it is still on its way. */
const SETTLED = 'from=now-10m&to=now-15s&refresh=off&lang=en';

/** The newest value of a series over time: none if it ended more than two points before the window. */
function newest(series: Series, url: string): number | undefined {
  const parameters = new URL(url).searchParams;
  const since = Number(parameters.get('end')) - 2 * Number(parameters.get('step'));
  const values = series.values?.filter(([at, value]) => at >= since - 1e-3 && value !== 'NaN') ?? [];
  const last = values.at(-1);
  return last && Number(last[1]);
}

/** Opens one panel alone; the queries that were sent for it, in the order of its targets. */
async function alone(page: Page, id: string, panelId: number): Promise<string[]> {
  const sent = queriesOf(page);
  await open(page, `d=${id}&panel=${panelId}&${SETTLED}`);
  await expect(page.locator('section[data-panel-id]')).toHaveCount(1);
  const health = dashboard(id).service.health;
  return sent.filter((url) => expressionOf(url) !== health);
}

function texts(page: Page, id: number): Promise<string[]> {
  return panel(page, id).locator('[data-value]').allTextContents();
}

for (const id of DASHBOARDS) {
  const ofKind = (kind: string) => dashboard(id).panels.filter((panel) => panel.type === kind);

  test(`${id}: numbers agree with Prometheus`, async ({ page }) => {
    for (const { id: panelId, targets = [], field } of ofKind('stat')) {
      const sent = await alone(page, id, panelId);
      expect(sent).toHaveLength(targets.length);
      const expected: [number | undefined, Field | undefined][] = [];
      for (const [index, url] of sent.entries()) {
        const value = (series: Series) => (series.value ? Number(series.value[1]) : newest(series, url));
        expected.push(...(await askAgain(url)).map((series): [number | undefined, Field | undefined] => [value(series), targets[index].field ?? field]));
      }
      const shown = await texts(page, panelId);
      expect(shown).toHaveLength(expected.length);
      expect(shown.map((text, index) => mistake(text, ...expected[index])).filter(Boolean)).toEqual([]);
    }
  });

  test(`${id}: tables agree with Prometheus`, async ({ page }) => {
    for (const { id: panelId, targets = [], field, joinBy = 'instance' } of ofKind('table')) {
      const sent = await alone(page, id, panelId);
      expect(sent).toHaveLength(targets.length);
      const answers = await Promise.all(sent.map(askAgain));
      const names = new Set(answers.flat().map((series) => series.metric[joinBy]).filter(Boolean));
      expect(names.size).toBeGreaterThan(0);
      await expect(panel(page, panelId).locator('[data-row]')).toHaveCount(names.size);
      for (const name of names) {
        const shown = await panel(page, panelId).locator(`[data-row="${name}"] [data-value]`).allTextContents();
        const mistakes = shown.map((text, column) => {
          const series = answers[column].find((series) => series.metric[joinBy] === name);
          return mistake(text, series?.value && Number(series.value[1]), targets[column].field ?? field);
        });
        expect(shown).toHaveLength(targets.length);
        expect(mistakes.filter(Boolean), `row ${name}`).toEqual([]);
      }
    }
  });

  test(`${id}: the charts' summaries agree with Prometheus`, async ({ page }) => {
    for (const { id: panelId, targets = [], field } of ofKind('timeseries')) {
      const sent = await alone(page, id, panelId);
      expect(sent).toHaveLength(targets.length);
      const all = (await Promise.all(sent.map(askAgain))).flat();
      const told = await panel(page, panelId).locator('figcaption').textContent();
      const shown = [...(told ?? '').matchAll(/last (.+?), min (.+?), max (.+?)(?:\. |$)/g)];
      expect(shown, told ?? '').toHaveLength(Math.min(all.length, 20));
      for (const [index, [, last, lowest, highest]] of shown.entries()) {
        const values = all[index].values?.map(([, value]) => Number(value)).filter(Number.isFinite) ?? [];
        const mistakes = [
          mistake(last, values.at(-1), field),
          mistake(lowest, Math.min(...values), field),
          mistake(highest, Math.max(...values), field),
        ];
        expect(mistakes.filter(Boolean), `panel ${panelId}, series ${index}`).toEqual([]);
      }
    }
  });
}

test('the numbers of the overview agree with Prometheus', async ({ page }) => {
  const sent = queriesOf(page);
  await open(page, SETTLED);
  for (const id of DASHBOARDS) {
    const { stats } = dashboard(id).service;
    const shown = await page.locator(`[data-service="${id}"] [data-value]`).allTextContents();
    expect(shown).toHaveLength(stats.length);
    for (const [index, { expr, field }] of stats.entries()) {
      const url = sent.find((url) => expressionOf(url) === expr);
      expect(url, expr).toBeDefined();
      const [first] = await askAgain(url ?? '');
      expect(mistake(shown[index], first?.value && Number(first.value[1]), field), expr).toBeUndefined();
    }
  }
});
