// On a phone: nothing scrolls sideways, and controls are large enough for a thumb.
import { PAGES, open, showAllPanels } from './app';
import { expect, test } from './fixture';

test.use({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });

/** The least size of a touch target by Apple's and Google's guidelines, CSS px. */
const TOUCH = 44;

for (const query of PAGES) {
  test(`fits a phone: ?${query}`, async ({ page }) => {
    await open(page, query);
    for (const theme of ['light', 'dark']) {
      await open(page, `${query}&theme=${theme}`);
      await showAllPanels(page);
      const [scrolled, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(scrolled).toBeLessThanOrEqual(seen);
      expect(seen).toBe(360);
    }
    // What is too wide is cut off by `overflow-x: clip`, and then does not scroll: look for such elements as well.
    const outside = await page.locator('main *').evaluateAll((elements) => {
      const clipped = (element: Element) => element.closest('.visually-hidden, .table-box, .chart-box, .legend-table, [popover], pre, thead');
      const sticksOut = (element: Element) => element.getBoundingClientRect().right > window.innerWidth + 0.5;
      return elements.filter((element) => sticksOut(element) && !clipped(element)).map((element) => element.outerHTML.slice(0, 120));
    });
    expect(outside).toEqual([]);
  });

  test(`can be used with a thumb: ?${query}`, async ({ page }) => {
    await open(page, query);
    await showAllPanels(page);
    const small = await page.locator('header.bar, main').locator('a, button, select, summary, input').evaluateAll((controls, least) => {
      // A link in running text is as high as the text.
      const seen = controls.filter((control) => control.checkVisibility() && !control.matches('.prose a'));
      const height = (control: Element) => {
        // What is drawn over a larger area by ::after, such as the link of a tile, is as large as that area.
        const area = getComputedStyle(control, '::after').position === 'absolute' ? control.closest('.tile') : null;
        return (area ?? control).getBoundingClientRect().height;
      };
      return seen.filter((control) => height(control) < least).map((control) => `${control.outerHTML.slice(0, 120)}: ${height(control)}`);
    }, TOUCH - 0.5);
    expect(small).toEqual([]);
  });
}

test('pages and time range open as sheets within the screen', async ({ page }) => {
  await open(page, 'd=docker');
  for (const name of ['Time range', 'Settings']) {
    await page.getByRole('button', { name }).tap();
    const sheet = page.locator('.layer:popover-open');
    await expect(sheet).toBeVisible();
    const box = await sheet.boundingBox();
    expect(box?.x).toBe(0);
    expect(box?.width).toBe(360);
    await page.touchscreen.tap(180, 20);
    await expect(sheet).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Pages' }).tap();
  await page.getByRole('link', { name: 'Alerts' }).first().tap();
  await expect(page.locator('main[data-page="alerts"]')).toBeVisible();
  await expect(page.locator(':popover-open')).toHaveCount(0);
});

test('a tap shows the values, a second tap hides them, and a vertical swipe scrolls the page', async ({ page }) => {
  await open(page, 'd=instances&from=now-10m&to=now&refresh=off');
  const box = page.locator('.chart-box').first();
  await box.scrollIntoViewIfNeeded();
  await expect(box.locator('canvas')).toHaveAttribute('width', /\d/);
  const { x, y, width, height } = (await box.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const tooltip = page.locator('.tooltip');
  await page.touchscreen.tap(x + width * 0.8, y + height * 0.4);
  await expect(tooltip).toBeInViewport({ ratio: 1 });
  // Two taps in quick succession would zoom out.
  await page.waitForTimeout(600);
  await page.touchscreen.tap(x + width * 0.2, y + height * 0.2);
  await expect(tooltip).toHaveCount(0);
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const before = await page.evaluate(() => scrollY);
  await touch('touchStart', { x: x + width / 2, y: y + height * 0.8 });
  for (let step = 1; step <= 10; step += 1) {
    await touch('touchMove', { x: x + width / 2, y: y + height * 0.8 - step * 15 });
  }
  await touch('touchEnd');
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before + 50);
  await expect(tooltip).toHaveCount(0);
});
