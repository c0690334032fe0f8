// Everything on screen is in the URL: a link shows another browser the same, "back" takes a choice back, and no URL breaks the page.
import { type Page } from '@playwright/test';
import { waitUntilReady, open, panel } from './app';
import { expect, test } from './fixture';

/** The text of a page, without the time at which its data was requested. */
async function content(page: Page): Promise<string> {
  await waitUntilReady(page);
  return page.locator('.content').evaluate((content) => {
    const copy = content.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('footer, [popover]').forEach((element) => element.remove());
    return copy.innerText;
  });
}

const settings = (page: Page) => page.getByRole('button', { name: /^(Settings|Inställningar)$/ });

test('a link shows another browser what was chosen by clicking', async ({ page, browser, watch }) => {
  await open(page, 'd=instances&refresh=off');

  await page.getByRole('button', { name: 'Time range' }).click();
  await page.getByRole('textbox', { name: 'From' }).fill('now-7m/m');
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('now-1m/m');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/from=now-7m%2Fm&to=now-1m%2Fm/);
  await page.keyboard.press('Escape');

  await page.locator('.variable').getByRole('button', { name: 'Machine' }).click();
  await page.getByRole('checkbox', { name: 'db' }).check();
  await expect(page).toHaveURL(/var-instance=db/);
  await page.keyboard.press('Escape');

  await settings(page).click();
  await page.getByLabel('Time zone').selectOption('utc');
  await page.getByLabel('Theme').selectOption('dark');
  await page.getByLabel('Language').selectOption('sv');
  await expect(page).toHaveURL(/tz=utc&theme=dark&lang=sv/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Escape');

  // A new minute may begin between the two visits: then both are repeated.
  await expect(async () => {
    await page.reload();
    const here = await content(page);
    const elsewhere = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Pacific/Auckland', colorScheme: 'light', viewport: page.viewportSize() });
    await watch.over(elsewhere);
    const other = await elsewhere.newPage();
    await other.goto(page.url());
    const there = await content(other);
    const look = await other.locator('html').evaluate((root) => [root.lang, root.dataset.theme]);
    await elsewhere.close();
    expect(there).toBe(here);
    expect(here).toContain('Maskiner');
    expect(look).toEqual(['sv', 'dark']);
  }).toPass({ timeout: 60_000 });
});

test('"back" and "forward" go through the choices', async ({ page }) => {
  await open(page, 'd=nginx');
  await page.getByRole('button', { name: 'Time range' }).click();
  await page.getByRole('button', { name: 'Last 6 hours' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'MySQL' }).click();
  await expect(page.locator('main[data-dashboard="mysql"]')).toBeVisible();
  await expect(page).toHaveURL(/d=mysql&from=now-6h&to=now/);
  await page.goBack();
  await expect(page.locator('main[data-dashboard="nginx"]')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Time range' })).toHaveText('Last 6 hours');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Time range' })).toHaveText('Last hour');
  await page.goForward();
  await page.goForward();
  await expect(page.locator('main[data-dashboard="mysql"]')).toBeVisible();
  await waitUntilReady(page);
});

test('a panel can be looked at alone, by its menu and by its link', async ({ page }) => {
  await open(page, 'd=mysql');
  await panel(page, 7).getByRole('button', { name: 'More about this panel' }).click();
  await panel(page, 7).getByRole('link', { name: 'View this panel alone' }).click();
  await expect(page).toHaveURL(/panel=7/);
  await expect(page.locator('section[data-panel-id]')).toHaveCount(1);
  await page.reload();
  await waitUntilReady(page);
  await expect(page.locator('section[data-panel-id]')).toHaveCount(1);
  await expect(panel(page, 7)).toHaveAttribute('data-state', 'ready');
});

const BROKEN = [
  'd=../../etc/passwd',
  'd=instances&from=yesterday&to=tomorrow',
  'd=instances&from=now&to=now-1h',
  'd=instances&panel=no-number',
  'd=instances&refresh=1ms',
  'd=instances&tz=Not/AZone',
  'page=nowhere',
  'page=explore&expr=up',
  'theme=pink&lang=xx&embed=maybe',
];

for (const query of BROKEN) {
  test(`a broken link still shows a page, with one notice: ?${query}`, async ({ page }) => {
    await open(page, query);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[data-panel-id], [data-service]').first()).toBeVisible();
    await expect(page.locator('.notice[role="status"]')).toHaveCount(1);
  });
}

test('a dashboard that does not exist is named, and the links of the page still work', async ({ page, watch }) => {
  // The browser itself reports the 404.
  watch.tolerate(/Failed to load resource/);
  await open(page, 'd=nothing-here');
  await expect(page.getByRole('alert')).toContainText('nothing-here');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.locator('main[data-dashboard="overview"]')).toBeVisible();
});

test('a value that is no longer an option is kept, and its panels are empty', async ({ page }) => {
  await open(page, 'd=instances&var-instance=long-gone');
  await expect(page.locator('.variable').getByRole('button', { name: 'Machine' })).toHaveText('long-gone');
  await expect(panel(page, 5)).toHaveAttribute('data-state', 'empty');
});
