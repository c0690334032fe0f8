// Screenshots of every page, for the README and for people: `UTKIK_SCREENSHOTS=FOLDER cargo xtask test e2e -- screenshots`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DASHBOARDS, open, PAGES, showAllPanels } from './app';
import { expect, test } from './fixture';

const FOLDER = process.env.UTKIK_SCREENSHOTS;
const SCREENS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

/** A file name for the view that `query` describes. */
const nameOf = (query: string) => query.replace(/^(d|page)=/, '') || 'overview';

// Screenshots are no tests: without a folder for them none is defined, so that none counts as skipped.
if (FOLDER) {
  for (const [screen, options] of Object.entries(SCREENS)) {
    for (const theme of ['light', 'dark']) {
      test.describe(`${screen}, ${theme}`, () => {
        test.use(options);

        for (const query of PAGES) {
          test(nameOf(query), async ({ page }) => {
            const time = DASHBOARDS.some((id) => query === `d=${id}`) ? '&from=now-15m&to=now' : '';
            await open(page, `${query}${time}&theme=${theme}&refresh=off`);
            // The canvas is drawn at the next frame.
            await page.waitForTimeout(300);
            const path = (suffix: string) => join(FOLDER, `${nameOf(query)}-${screen}-${theme}${suffix}.png`);
            await page.screenshot({ path: path('') });
            await showAllPanels(page);
            await page.waitForTimeout(300);
            await page.screenshot({ path: path('-whole'), fullPage: true });
          });
        }

        test('embedded', async ({ page, baseURL, watch }) => {
          const ground = theme === 'dark' ? '#20262d' : '#faf8f4';
          const ink = theme === 'dark' ? '#dde3ea' : '#222';
          const host = `<!doctype html><meta name="viewport" content="width=device-width"><title>Wiki</title><link rel="icon" href="data:,">
            <body style="margin:24px;font:17px/1.5 Georgia,serif;background:${ground};color:${ink}"><h1>The microblog</h1>
            <p>How our servers are doing right now:</p>
            <iframe style="border:0;width:100%" src="${baseURL}?page=alerts&embed=1&badge=1&theme=${theme}"></iframe>
            <iframe style="border:0;width:100%" src="${baseURL}?d=nginx&panel=6&embed=1&theme=${theme}&from=now-15m&to=now"></iframe>
            <p>Everything else is in the runbook.</p>
            <script>
              addEventListener('message', ({ source, data }) => {
                const frame = [...document.querySelectorAll('iframe')].find((frame) => frame.contentWindow === source);
                if (frame && data?.type === 'utkik:height') frame.height = data.height;
              });
            </script>`;
          const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(host));
          await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
          const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
          watch.allow(url);
          await page.goto(url);
          for (const frame of [0, 1]) {
            await expect(page.frameLocator('iframe').nth(frame).locator('main')).toHaveAttribute('data-state', 'ready');
          }
          await page.waitForTimeout(300);
          await page.screenshot({ path: join(FOLDER, `embedded-${screen}-${theme}.png`) });
          server.close();
          server.closeAllConnections();
        });
      });
    }
  }
}
