// Charts under pointer and keyboard.
import type { Locator, Page } from '@playwright/test';
import { arrived, open, panel } from './app';
import { expect, test } from './fixture';

/** CPU by mode: several series, stacked. */
const CPU_BY_MODE = 6;

async function chart(page: Page): Promise<{ box: Locator; tooltip: Locator; legend: Locator }> {
  await open(page, 'd=instances&var-instance=app&from=now-10m&to=now&refresh=off');
  const whole = panel(page, CPU_BY_MODE);
  await whole.scrollIntoViewIfNeeded();
  // Drawn: only then does a place on it stand for a time.
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

test('the arrow keys move through time, and Escape leaves', async ({ page }) => {
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

test('dragging over a chart zooms into its time, and back leaves it', async ({ page }) => {
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
    await arrived(page);
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
