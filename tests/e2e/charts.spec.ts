// Charts used with pointer and keyboard.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { waitUntilReady, open, panel } from './app';
import { expect, test } from './fixture';

/** CPU by mode: several series, stacked. */
const CPU_BY_MODE = 6;

async function chart(page: Page): Promise<{ box: Locator; tooltip: Locator; legend: Locator }> {
  await open(page, 'd=instances&var-instance=app&from=now-10m&to=now&refresh=off');
  const whole = panel(page, CPU_BY_MODE);
  await whole.scrollIntoViewIfNeeded();
  // Wait until it is drawn: only then does a position on it stand for a time.
  await expect(whole.locator('canvas')).toHaveAttribute('width', /\d/);
  return { box: whole.locator('.chart-box'), tooltip: whole.locator('.tooltip'), legend: whole.locator('.legend button') };
}

/** The area of a chart in the page, CSS px. */
async function area(box: Locator) {
  const area = await box.boundingBox();
  if (!area) {
    throw new Error('the chart has no area');
  }
  return area;
}

test('the pointer shows the values of all series at its time', async ({ page }) => {
  const { box, tooltip, legend } = await chart(page);
  const { x, y, width, height } = await area(box);
  // Where people look most, at the newest sample and just beside it.
  await page.mouse.move(x + width * 0.97, y + height / 2);
  await expect(tooltip).toContainText(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  await expect(tooltip.locator('tbody tr')).toHaveCount(await legend.count());
  const late = await tooltip.locator('.tooltip-time').textContent();
  await page.mouse.move(x + width * 0.92, y + height / 2);
  await expect(tooltip.locator('.tooltip-time')).not.toHaveText(late ?? '');
  await page.mouse.move(0, 0);
  await expect(tooltip).toHaveCount(0);
});

test('the arrow keys move through time, and Escape closes the tooltip', async ({ page }) => {
  const { box, tooltip } = await chart(page);
  await box.focus();
  await page.keyboard.press('End');
  const time = tooltip.locator('.tooltip-time');
  await expect(time).toBeVisible();
  const last = await time.textContent();
  await page.keyboard.press('ArrowLeft');
  await expect(time).not.toHaveText(last ?? '');
  await page.keyboard.press('ArrowRight');
  await expect(time).toHaveText(last ?? '');
  await page.keyboard.press('Escape');
  await expect(tooltip).toHaveCount(0);
});

test('dragging over a chart zooms into that time, and "back" undoes it', async ({ page }) => {
  const { box } = await chart(page);
  const before = page.url();
  const { x, y, width, height } = await area(box);
  await page.mouse.move(x + width * 0.5, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.75, y + height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{13}&to=\d{13}/);
  const { searchParams } = new URL(page.url());
  const length = Number(searchParams.get('to')) - Number(searchParams.get('from'));
  // A quarter of ten minutes, and a little more since the axis takes a part of the width.
  expect(length).toBeGreaterThan(140_000);
  expect(length).toBeLessThan(200_000);
  await page.goBack();
  await expect(page).toHaveURL(before);
});

test('the legend shows one series alone, and all again', async ({ page }) => {
  const { box, tooltip, legend } = await chart(page);
  const { x, y, width, height } = await area(box);
  const count = await legend.count();
  const canvas = box.locator('canvas');
  const before = await canvas.screenshot();
  await legend.nth(1).click();
  await expect(legend.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(legend.and(page.locator('[aria-pressed="false"]'))).toHaveCount(count - 1);
  expect(await canvas.screenshot()).not.toEqual(before);
  // Near the newest sample: a stack that has just started has no others.
  await page.mouse.move(x + width * 0.97, y + height / 2);
  await expect(tooltip.locator('tbody tr')).toHaveCount(1);
  await legend.nth(1).click();
  await expect(legend.and(page.locator('[aria-pressed="false"]'))).toHaveCount(0);
  await legend.nth(0).click({ modifiers: ['Control'] });
  await expect(legend.and(page.locator('[aria-pressed="false"]'))).toHaveCount(1);
});

test('the crosshair is at the same time in all charts, and a click pins the values', async ({ page }) => {
  const { box, tooltip } = await chart(page);
  const { x, y, width, height } = await area(box);
  const lines = page.locator('.crosshair');
  const shown = () => lines.evaluateAll((all) => all.filter((line) => line.getBoundingClientRect().left > 0).length);
  await page.mouse.move(x + width * 0.9, y + height / 2);
  await expect(tooltip).toBeVisible();
  expect(await shown()).toBeGreaterThan(2);
  await page.mouse.click(x + width * 0.9, y + height / 2);
  await expect(tooltip).toHaveClass(/pinned/);
  await page.mouse.move(0, 0);
  await expect(tooltip).toBeVisible();
  await expect(tooltip).toBeInViewport({ ratio: 1 });
  await tooltip.getByRole('button', { name: 'Close' }).click();
  await expect(tooltip).toHaveCount(0);
  expect(await shown()).toBe(0);
});

test('a double click shows twice the time, a drag with shift pans, and each is one entry in the history', async ({ page }) => {
  const { box } = await chart(page);
  // The file `hands` is loaded when the pointer comes near. A click before that is replayed, but a double click is not.
  await box.hover();
  await expect(box.locator('.crosshair')).toBeAttached();
  const before = page.url();
  const { x, y, width, height } = await area(box);
  const window = () => {
    const { searchParams } = new URL(page.url());
    return [Number(searchParams.get('from')), Number(searchParams.get('to'))];
  };
  await page.mouse.dblclick(x + width / 2, y + height / 2);
  await expect(page).toHaveURL(/from=\d{13}&to=\d{13}/);
  const [from, to] = window();
  expect(to - from).toBeGreaterThan(1_190_000);
  expect(to).toBeLessThanOrEqual(Date.now() + 5_000);
  await waitUntilReady(page);
  const out = page.url();
  await page.keyboard.down('Shift');
  await page.mouse.move(x + width * 0.4, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.6, y + height / 2, { steps: 5 });
  expect(page.url()).toBe(out);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page).not.toHaveURL(out);
  const [panned, end] = window();
  expect(panned).toBeLessThan(from);
  expect(Math.abs(end - panned - (to - from))).toBeLessThan(5);
  await page.goBack();
  await expect(page).toHaveURL(out);
  await page.goBack();
  await expect(page).toHaveURL(before);
});

test('a chart can be saved as CSV, PNG and SVG', async ({ page }) => {
  const { legend } = await chart(page);
  const whole = panel(page, CPU_BY_MODE);
  const save = async (name: string) => {
    await whole.getByRole('button', { name: 'More about this panel' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), whole.getByRole('button', { name }).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const csv = await save('Save as CSV');
  expect(csv.name).toMatch(/^Machines .*\.csv$/);
  const [head, first] = csv.bytes.toString('utf8').replace('\ufeff', '').split('\r\n');
  expect(head.split(',')).toHaveLength(1 + (await legend.count()));
  expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,/);
  const png = await save('Save as PNG');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.length).toBeGreaterThan(2_000);
  const svg = await save('Save as SVG');
  expect(svg.name).toMatch(/^Machines .*\.svg$/);
  const drawn = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const texts = [...root.querySelectorAll('text')].map((element) => element.textContent?.trim() ?? '');
    return { root: root.tagName, texts, areas: root.querySelectorAll('polygon').length };
  }, svg.bytes.toString('utf8'));
  expect(drawn.root).toBe('svg');
  // The title, the legend and the axes.
  expect(drawn.texts).toContain(await whole.getByRole('heading').first().innerText());
  expect(drawn.texts).toEqual(expect.arrayContaining(await legend.locator('.legend-name').allInnerTexts()));
  expect(drawn.texts).toContain('100%');
  expect(drawn.areas).toBeGreaterThanOrEqual(await legend.count());
});

test('a panel can enter and leave full screen', async ({ page }) => {
  await chart(page);
  const whole = panel(page, CPU_BY_MODE);
  const toggle = async () => {
    await whole.getByRole('button', { name: 'More about this panel' }).click();
    await whole.getByRole('button', { name: 'Full screen' }).click();
  };
  const full = () => page.evaluate(() => (document.fullscreenElement as HTMLElement | null)?.dataset.panelId);
  await toggle();
  await expect.poll(full).toBe(String(CPU_BY_MODE));
  await toggle();
  await expect.poll(full).toBeUndefined();
});

test('a chart can be read as a table', async ({ page }) => {
  const { legend } = await chart(page);
  const whole = panel(page, CPU_BY_MODE);
  const series = await legend.count();
  await whole.getByRole('button', { name: 'More about this panel' }).click();
  await whole.getByRole('button', { name: 'View as table' }).click();
  await expect(whole.locator('canvas')).toHaveCount(0);
  await expect(whole.locator('thead th')).toHaveCount(series + 1);
  await expect(whole.locator('tbody tr').first()).toContainText('%');
  await whole.getByRole('button', { name: 'More about this panel' }).click();
  await whole.getByRole('button', { name: 'View as chart' }).click();
  await expect(whole.locator('canvas')).toHaveCount(1);
});

test('a chart is drawn in device pixels, also after the window has changed', async ({ page }) => {
  const { box } = await chart(page);
  for (const size of [{ width: 1280, height: 800 }, { width: 900, height: 700 }]) {
    await page.setViewportSize(size);
    await waitUntilReady(page);
    await expect(async () => {
      const [drawn, shown] = await box.locator('canvas').evaluate((canvas: HTMLCanvasElement) => [
        canvas.width,
        canvas.getBoundingClientRect().width * devicePixelRatio,
      ]);
      expect(Math.abs(drawn - shown)).toBeLessThan(1.01);
    }).toPass();
  }
  const inked = await box.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return pixels.some((value) => value > 0);
  });
  expect(inked).toBe(true);
});
