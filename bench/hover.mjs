// Measures the script time of one pointer move over a dashboard of 24 charts: the app, with its crosshair in all of them and the tooltip
// under the pointer, against uPlot with synced cursors and live legends. The browser counts the script time.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median, open, report, withBrowser } from './measuring.mjs';

const PANELS = 24;
const SERIES = 20;
const POINTS = 300;
const VIEWPORT = { width: 1360, height: 2600 };
const MOVES = 60;
const WARM_UPS = 2;
const REPETITIONS = 7;

/** Each series is a different wave, so that the order in the tooltip changes with the pointer. */
const wave = (panel, series) =>
  `label_replace(${50 + series} + 40 * sin(vector(time() / ${60 + 7 * series + panel})), "series", "${String.fromCharCode(97 + series)}", "", "")`;

const dashboard = {
  title: 'Waves',
  panels: Array.from({ length: PANELS }, (_, panel) => ({
    id: panel + 1,
    title: `Panel ${panel + 1}`,
    gridPos: { w: 8, h: 7 },
    field: { unit: 'percent' },
    targets: [{ expr: Array.from({ length: SERIES }, (_, series) => wave(panel, series)).join(' or '), legendFormat: '{{series}}' }],
  })),
};

async function openApp(browser) {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.route('**/dashboards/waves.json', (route) => route.fulfill({ json: dashboard }));
  // 300 points at the step of a panel of this width.
  await open(page, `d=waves&from=now-${POINTS * 15}s&to=now&refresh=off`);
  const shown = await page.locator('.chart-box canvas').count();
  if (shown !== PANELS) {
    throw new Error(`the app shows ${shown} charts instead of ${PANELS}`);
  }
  return { page, target: page.locator('.chart-box').nth(4), sign: page.locator('.tooltip').first() };
}

async function serve() {
  const here = (path) => new URL(path, import.meta.url).pathname;
  const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname.startsWith('/uplot/') ? join(here('node_modules/uplot/dist'), pathname.slice(7)) : join(here('pages/draw'), pathname);
    const content = await readFile(path).catch(() => undefined);
    response.writeHead(content ? 200 : 404, { 'Content-Type': types[path.split('.').pop()] ?? 'text/plain' }).end(content);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

async function openUplot(browser, base) {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.goto(`${base}hover.html`);
  await page.evaluate(([panels, series, points]) => globalThis.show(panels, series, points), [PANELS, SERIES, POINTS]);
  return { page, target: page.locator('.u-over').nth(4), sign: page.locator('.u-legend').nth(4) };
}

/** The script time of one move, ms: the mean over many moves through a chart. */
async function moved({ page, target, sign }) {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const scripts = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
  const { x, y, width, height } = await target.boundingBox();
  const frame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.mouse.move(x + width * 0.2, y + height / 2);
  await frame();
  const before = await scripts();
  for (let move = 1; move <= MOVES; move += 1) {
    await page.mouse.move(x + width * (0.2 + (0.7 * move) / MOVES), y + height * (0.3 + (0.3 * (move % 7)) / 7));
    await frame();
  }
  const after = await scripts();
  // The script time of waiting for frames, which is subtracted.
  const still = await scripts();
  for (let wait = 0; wait < MOVES; wait += 1) {
    await frame();
  }
  const idle = (await scripts()) - still;
  await sign.waitFor();
  await session.detach();
  return Math.max(0, after - before - idle) / MOVES;
}

const server = await serve();
try {
  const times = await withBrowser(async (browser) => {
    const sides = { ours: await openApp(browser), uplot: await openUplot(browser, `http://127.0.0.1:${server.address().port}/`) };
    const times = { ours: [], uplot: [] };
    for (let round = -WARM_UPS; round < REPETITIONS; round += 1) {
      for (const [name, side] of Object.entries(sides)) {
        const time = await moved(side);
        if (round >= 0) {
          times[name].push(time);
        }
      }
    }
    return times;
  });
  const [ours, uplot] = [median(times.ours), median(times.uplot)];
  const told = `ours ${ours.toFixed(2)} ms, uPlot ${uplot.toFixed(2)} ms`;
  report([
    {
      name: 'draw/hover',
      value: ours / uplot,
      words: `script time of one move of the pointer over ${PANELS} charts of ${SERIES} series with ${POINTS} points, the crosshair in all and the tooltip under it: ours against uPlot with synced cursors and live legends (${told})`,
    },
  ]);
} finally {
  server.close();
  server.closeAllConnections();
}
