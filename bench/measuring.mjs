// Shared by the scripts here: the environment that `cargo xtask bench` sets, a browser, and Prometheus' own counters.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// Playwright is installed with the end-to-end tests.
const { chromium } = createRequire(new URL('../tests/e2e/', import.meta.url))('@playwright/test');

export function environment(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run this by \`cargo xtask bench\``);
  }
  return value;
}

/** Writes the figures, each `{name, value, words}`. Their goals are in `xtask/src/bench.rs`. */
export function report(figures) {
  writeFileSync(environment('UTKIK_FIGURES'), JSON.stringify(figures));
}

/** Runs `measure` with a browser, which is always closed at the end. */
export async function withBrowser(measure, args = []) {
  const browser = await chromium.launch({ executablePath: environment('UTKIK_CHROMIUM'), args });
  try {
    return await measure(browser);
  } finally {
    await browser.close();
  }
}

export const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Opens a view of the app and waits until it is complete. */
export async function open(page, query) {
  await page.goto(`${environment('UTKIK_URL')}?${query}`);
  await page.locator('main[data-state="ready"]').waitFor({ timeout: 120_000 });
}

/** What has reached Prometheus since its start: requests to its API, and samples loaded by all queries, including those of its rules. */
export async function counters() {
  const response = await fetch(`${environment('PROMETHEUS_DIRECT_URL')}metrics`);
  const lines = (await response.text()).split('\n');
  const sum = (pattern) => lines.filter((line) => pattern.test(line)).reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  return {
    requests: sum(/^prometheus_http_requests_total\{.*handler="[^"]*\/api\/v1\//),
    samples: sum(/^prometheus_engine_query_samples_total /),
  };
}

export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
