// The README's first command: `cargo xtask demo`, a second stack beside that of the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Request } from '@playwright/test';
import { expect, test } from './fixture';
import { waitUntilReady } from './app';
import type { Series } from './stack';

const askedBy = (request: Request) => new URL(request.url()).searchParams;

test('the demo shows six full hours, says that they are made up, and leaves nothing behind', async ({ page, watch }) => {
  test.setTimeout(180_000);
  const demo = spawn('cargo', ['xtask', 'demo', '--port', '18080'], { cwd: join(__dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  demo.stdout.on('data', (text) => (said += text));
  const ended = once(demo, 'exit');
  try {
    await expect.poll(() => said, { timeout: 120_000 }).toMatch(/^Utkik: http\S+/m);
    expect(said).toContain('The past in its charts is made up');
    const [, url] = said.match(/^Utkik: (\S+)/m) ?? [];
    watch.allow(url);
    const cpu = page.waitForRequest((request) => askedBy(request).get('query')?.includes('node_cpu_seconds_total') ?? false);
    await page.goto(`${url}?d=instances&from=now-6h&to=now`);
    const request = await cpu;
    await waitUntilReady(page);
    // The response that the page got is no longer available: the request is sent again.
    const answer = await fetch(request.url());
    const series: Series[] = (await answer.json()).data.result;
    expect(series.length).toBeGreaterThan(0);
    // The page requests whole chunks: they begin before the window, and do not reach to its end.
    const [end, step] = ['end', 'step'].map((name) => Number(askedBy(request).get(name)));
    const begin = Date.now() / 1000 - 6 * 3600;
    for (const { values = [] } of series) {
      const seen = values.filter(([time]) => time >= begin);
      expect(seen.length).toBeGreaterThan((0.95 * (end - begin)) / step);
    }
  } finally {
    demo.kill('SIGINT');
    await ended;
  }
  expect(demo.exitCode).toBe(0);
  expect(said).toContain('nothing is left running');
});
