// Use by keyboard, and what screen readers need.
import { PAGES, open } from './app';
import { expect, test } from './fixture';

test('the first Tab reaches a button that skips to the content', async ({ page }) => {
  await open(page, 'd=nginx');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText('Skip to the content');
  await expect(page.locator(':focus')).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await expect(page).toHaveURL(/\?d=nginx$/);
});

test('layers open with Enter, get the focus with Tab, and close with Escape', async ({ page }) => {
  const hands = page.waitForResponse(/\/hands-\w+\.wasm$/);
  await open(page, 'd=nginx');
  // The content of the layers is loaded when the page is idle.
  await hands;
  for (const name of ['Settings', 'Time range', 'Server']) {
    const button = page.getByRole('button', { name, exact: true }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    const layer = page.locator('.layer:popover-open');
    await expect(layer).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(layer.locator(':focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(layer).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});

for (const query of PAGES) {
  test(`has landmarks, one heading and a name for every control: ?${query}`, async ({ page }) => {
    await open(page, query);
    await expect(page.getByRole('banner')).toHaveCount(1);
    await expect(page.getByRole('navigation')).toHaveCount(1);
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page).toHaveTitle(/.+ · Utkik/);
    for (const role of ['button', 'link', 'combobox', 'textbox', 'checkbox'] as const) {
      for (const control of await page.getByRole(role).all()) {
        await expect(control, await control.evaluate((element) => element.outerHTML.slice(0, 120))).toHaveAccessibleName(/\S/);
      }
    }
  });
}
