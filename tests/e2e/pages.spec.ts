// Snapshots of each page, with fixed data and a fixed clock: for changes of the code that must not change the pages.
//
// The texts and the `data-` attributes of each page are compared with `snapshots/`. Screenshots depend on the fonts of the machine, so
// they are compared only if a folder is given, with screenshots that were made there before the change:
//
//     UTKIK_PICTURES=/tmp/before cargo xtask test e2e -- pages.spec.ts --update-snapshots
//     UTKIK_PICTURES=/tmp/before cargo xtask test e2e -- pages.spec.ts
import type { Page } from '@playwright/test';
import { open, PAGES, showAllPanels } from './app';
import { FixedData } from './fixed-data';
import { expect, test } from './fixture';

const FOLDER = process.env.UTKIK_PICTURES;
const SCREENS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};
const THEMES = FOLDER ? ['light', 'dark'] : ['light'];

let data: FixedData;

test.beforeAll(async () => {
  data = await FixedData.start();
});

test.afterAll(() => data.stop());

/** The texts of the page and its `data-` attributes, one element per line. */
const outline = (page: Page) =>
  page.evaluate(() => {
    const lines: string[] = [];
    const walk = (node: Element, depth: number) => {
      const attributes = [...node.attributes].filter(({ name }) => /^(data-|aria-label$|href$)/.test(name));
      const own = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
      const text = own.map((child) => child.textContent?.trim()).filter(Boolean).join(' ');
      const said = attributes.map(({ name, value }) => ` ${name}=${value}`).sort().join('');
      const tells = text || said;
      if (tells) {
        lines.push(`${'  '.repeat(depth)}${node.localName}${said}${text && ` | ${text}`}`);
      }
      for (const child of node.children) {
        walk(child, tells ? depth + 1 : depth);
      }
    };
    walk(document.body, 0);
    return `${document.title}\n${lines.join('\n')}\n`;
  });

for (const [screen, options] of Object.entries(SCREENS)) {
  for (const theme of THEMES) {
    test.describe(`${screen}, ${theme}`, () => {
      test.use(options);

      for (const query of PAGES) {
        const name = `${query.replace(/^(d|page)=/, '') || 'overview'}-${screen}`;
        test(name, async ({ page }) => {
          await data.serve(page);
          await open(page, `${query}&theme=${theme}&lang=en&tz=utc&refresh=off`);
          await showAllPanels(page);
          // A panel below the window may have grown when it came into sight.
          await showAllPanels(page);
          // The canvas is drawn at the next frame.
          await page.waitForTimeout(500);
          if (theme === 'light') {
            expect(await outline(page)).toMatchSnapshot(`${name}.txt`);
          }
          if (FOLDER) {
            const picture = await page.screenshot({ fullPage: true, animations: 'disabled' });
            expect(picture).toMatchSnapshot(`${name}-${theme}.png`, { maxDiffPixels: 0, threshold: 0 });
          }
        });
      }
    });
  }
}
