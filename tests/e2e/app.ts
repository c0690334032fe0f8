// Opens pages of the app, and finds elements by the names of the documented DOM.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, type Request } from '@playwright/test';

export const DASHBOARDS = ['instances', 'nginx', 'mysql', 'docker', 'prometheus'];
/** All pages, as query strings. */
export const PAGES = ['', ...DASHBOARDS.map((id) => `d=${id}`), 'd=gallery', 'page=alerts', 'page=targets'];

/** Opens the view that `query` describes and waits until it is complete. */
export async function open(page: Page, query: string) {
  await page.goto(`./?${query}`);
  await waitUntilReady(page);
}

export async function waitUntilReady(page: Page) {
  await expect(page.locator('main[data-dashboard], main[data-page]')).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
}

/** Makes the window as high as the page, so that every panel is in sight, and waits for all of them. */
export async function showAllPanels(page: Page) {
  const { width } = page.viewportSize() ?? { width: 1280 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, 740) });
  await expect(page.locator('section[data-state="waiting"]')).toHaveCount(0, { timeout: 30_000 });
  await waitUntilReady(page);
}

export function panel(page: Page, id: number): Locator {
  return page.locator(`section[data-panel-id="${id}"]`);
}

/** The part of a dashboard file that the tests read. */
export interface Dashboard {
  service: { health: string; stats: { expr: string; field?: Field }[] };
  annotations?: { expr: string }[];
  panels: { id: number; type: string; joinBy?: string; targets?: { expr: string; field?: Field }[]; field?: Field }[];
}

export interface Field {
  unit?: string;
  mappings?: Mapping[];
}

export interface Mapping {
  value?: number;
  from?: number;
  to?: number;
  text: string | { en: string };
}

export function dashboard(id: string): Dashboard {
  return JSON.parse(readFileSync(join(__dirname, `../../public/dashboards/${id}.json`), 'utf8'));
}

/** Collects the queries that a page sends from here on. */
export function queriesOf(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', (request: Request) => {
    if (/\/api\/v1\/query(_range)?\?/.test(request.url())) {
      urls.push(request.url());
    }
  });
  return urls;
}

export function expressionOf(url: string): string {
  return new URL(url).searchParams.get('query') ?? '';
}
