// The numbers on screen agree with Prometheus: a page's requests are sent again, directly to Prometheus, and compared.
import type { Page } from '@playwright/test';
import { DASHBOARDS, dashboard, expressionOf, open, panel, queriesOf, type Field } from './app';
import { expect, test } from './fixture';
import { mistake } from './reading';
import { askAgain, type Series } from './stack';

/** A window in the past, whose samples have all arrived. Milliseconds. */
interface Settled {
  from: number;
  to: number;
}

function settled(): Settled {
  const to = Date.now() - 15_000;
  return { from: to - 600_000, to };
}

const words = ({ from, to }: Settled) => `from=${from}&to=${to}&refresh=off&lang=en`;

/** The page requests chunks, which other windows share. Returns the URL of one query over the whole window. */
function wholeOf(url: string, { from, to }: Settled): string {
  const asked = new URL(url);
  const step = Number(asked.searchParams.get('step'));
  if (asked.pathname.endsWith('query_range')) {
    asked.searchParams.set('start', String(Math.floor(from / 1000 / step) * step));
    asked.searchParams.set('end', String(Math.floor(to / 1000 / step) * step));
  }
  return asked.href;
}

/** The newest value of a series; undefined if the series ended more than two points before the end of the window. */
function newest(series: Series, url: string): number | undefined {
  const parameters = new URL(url).searchParams;
  const since = Number(parameters.get('end')) - 2 * Number(parameters.get('step'));
  const values = series.values?.filter(([at, value]) => at >= since - 1e-3 && value !== 'NaN') ?? [];
  const last = values.at(-1);
  return last && Number(last[1]);
}

/** Opens one panel alone. Returns the queries that were sent for it, in the order of its targets. */
async function alone(page: Page, id: string, panelId: number): Promise<string[]> {
  const sent = queriesOf(page);
  const window = settled();
  await open(page, `d=${id}&panel=${panelId}&${words(window)}`);
  await expect(page.locator('section[data-panel-id]')).toHaveCount(1);
  // Removes the queries of the dashboard itself.
  const { service, annotations = [] } = dashboard(id);
  const byExpression = new Map(sent.map((url) => [expressionOf(url), wholeOf(url, window)]));
  [service.health, ...annotations.map(({ expr }) => expr)].forEach((expr) => byExpression.delete(expr));
  return [...byExpression.values()];
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
        const shown = await panel(page, panelId).locator(`[data-row=${JSON.stringify(name)}] [data-value]`).allTextContents();
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
  await open(page, words(settled()));
  for (const id of DASHBOARDS) {
    const { stats } = dashboard(id).service;
    const shown = await page.locator(`[data-service="${id}"] [data-value]`).allTextContents();
    expect(shown).toHaveLength(stats.length);
    for (const [index, { expr, field }] of stats.entries()) {
      // All expressions of a tile are sent as one query; this one alone, at the same time, gives the expected value.
      const joined = sent.find((url) => expressionOf(url).includes(expr));
      expect(joined, expr).toBeDefined();
      const url = new URL(joined ?? '');
      url.searchParams.set('query', expr);
      const [first] = await askAgain(url.href);
      expect(mistake(shown[index], first?.value && Number(first.value[1]), field), expr).toBeUndefined();
    }
  }
});
