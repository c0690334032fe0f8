// The gallery: every kind of panel and every choice, on a real Prometheus.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { open, panel, showAllPanels } from './app';
import { expect, test } from './fixture';

const GALLERY: { panels: { id: number; type?: string; title: { en: string; sv: string }; targets?: unknown[] }[] } = JSON.parse(
  readFileSync(join(__dirname, '../../public/dashboards/gallery.json'), 'utf8'),
);

/** The element that must be visible in a panel of each kind. */
const CONTENT: Record<string, string> = {
  timeseries: '.chart-box canvas',
  stat: '.stat',
  gauge: '[role="meter"]',
  bargauge: '.bar-row',
  table: 'tbody tr',
  text: '.prose table',
  alertlist: '[data-alert]',
  'state-timeline': 'canvas',
  'status-history': 'canvas',
  heatmap: 'canvas',
  piechart: 'canvas',
  barchart: 'canvas',
};

/** Whether anything is drawn on each canvas of the page. */
const inked = (page: Page) =>
  page.locator('section canvas').evaluateAll((canvases) =>
    canvases.map((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = width && height ? (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data : undefined;
      return pixels?.some((value) => value > 0) ?? false;
    }),
  );

for (const lang of ['en', 'sv'] as const) {
  test(`every panel of the gallery shows its content (${lang})`, async ({ page }) => {
    await open(page, `d=gallery&lang=${lang}&from=now-1h&to=now&refresh=off`);
    await showAllPanels(page);
    for (const { id, type = 'timeseries', title } of GALLERY.panels) {
      const section = panel(page, id);
      await expect(section, `panel ${id}`).toHaveAttribute('data-state', 'ready');
      await expect(section).toHaveAttribute('data-kind', type);
      await expect(section.getByRole('heading', { level: 2 })).toHaveText(title[lang]);
      await expect(section.locator(CONTENT[type]).first(), `panel ${id}, ${type}`).toBeVisible();
    }
    await expect(async () => expect(await inked(page)).not.toContain(false)).toPass();
  });
}

test('the saved pictures of pies, bars, timelines and heatmaps have the legend of the page', async ({ page }) => {
  await open(page, 'd=gallery');
  for (const id of [33, 34, 35, 36, 37, 38]) {
    const section = panel(page, id);
    await section.scrollIntoViewIfNeeded();
    await expect(section).toHaveAttribute('data-state', 'ready');
    const legend = section.locator('.key > li, .heat-numbers > span');
    await expect(legend.first()).toBeVisible();
    const shown = await legend.evaluateAll((entries) => entries.map((entry) => (entry.querySelector('.legend-name') ?? entry).textContent ?? ''));
    await section.getByRole('button', { name: 'More about this panel' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), section.getByRole('button', { name: 'Save as SVG' }).click()]);
    const texts = await page.evaluate((svg) => {
      const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
      return [...root.querySelectorAll('text')].map((element) => element.textContent?.trim() ?? '');
    }, await readFile(await download.path(), 'utf8'));
    for (const name of shown) {
      expect(texts.some((text) => text.startsWith(name)), `panel ${id}: ${name} in ${texts.join(' | ')}`).toBe(true);
    }
  }
});
