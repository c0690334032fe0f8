// Compares our charts with those of uPlot and ECharts, and with the same scenes drawn by plotters-canvas. Each library has its own page in
// one browser; they draw in turn, with the same new data.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environment, median, report, withBrowser } from './measuring.mjs';
import { compare } from './pictures.mjs';

const SIZE = { width: 1000, height: 400 };
/** A panel of a dashboard with three columns. */
const PANEL = { width: 420, height: 220 };
const PANELS = { count: 24, series: 20, points: 300 };
const CASES = [
  [1, 1000],
  [10, 1000],
  [100, 1000],
  [1000, 1000],
  [10, 11000],
  [3, 55550],
];
const WARM_UPS = 3;
const REPETITIONS = 7;
/** A short update is repeated until it has taken about this long, ms. */
const ENOUGH = 30;
const LIBRARIES = ['ours', 'uplot', 'echarts', 'plotters'];
/** Arguments for Chromium. By default it has no GPU; the variable is for trying out others. */
const ARGUMENTS = (process.env.UTKIK_BENCH_CHROMIUM ?? '').split(' ').filter(Boolean);
/** Runs only these cases, for trying them out. */
const ONLY = process.env.UTKIK_BENCH_CASES?.split(' ');

const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm' };

async function serve() {
  const here = (path) => new URL(path, import.meta.url).pathname;
  const folders = { wasm: environment('UTKIK_WASM'), uplot: here('node_modules/uplot/dist'), echarts: here('node_modules/echarts/dist') };
  const server = createServer(async ({ url }, response) => {
    const [, folder, ...rest] = new URL(url, 'http://localhost').pathname.split('/');
    const path = folders[folder] ? join(folders[folder], ...rest) : join(here('pages/draw'), folder);
    const content = await readFile(path).catch(() => undefined);
    // Cross-origin isolated pages have a more precise clock.
    const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cache-Control': 'no-store' };
    response.writeHead(content ? 200 : 404, { 'Content-Type': TYPES[path.split('.').pop()] ?? 'text/plain', ...headers }).end(content);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

async function openPages(browser, base) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 1000 }, deviceScaleFactor: 1 });
  const pages = {};
  for (const library of LIBRARIES) {
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`${library}: ${error}`));
    await page.goto(`${base}${library}.html`);
    await page.waitForFunction(() => globalThis.bench);
    pages[library] = page;
  }
  return pages;
}

/** Runs `measure` for each library in turn. Returns the times by library, without the warm-up rounds. */
async function byTurns(pages, measure) {
  const times = Object.fromEntries(LIBRARIES.map((library) => [library, []]));
  for (let round = -WARM_UPS; round < REPETITIONS; round += 1) {
    for (const library of LIBRARIES) {
      await pages[library].bringToFront();
      const time = await measure(pages[library], library, round);
      if (round >= 0) {
        times[library].push(time);
      }
    }
  }
  return times;
}

const milliseconds = (time) => time.toFixed(time < 10 ? 2 : 0);

function figures(name, times, words) {
  const medians = Object.fromEntries(LIBRARIES.map((library) => [library, median(times[library])]));
  const told = LIBRARIES.map((library) => `${library} ${milliseconds(medians[library])}`).join(', ');
  console.log(`${name}: ${told} ms (ours ${times.ours.map(milliseconds).join(' ')}; uplot ${times.uplot.map(milliseconds).join(' ')})`);
  const ratio = (other) => medians.ours / medians[other];
  return [
    { name, value: ratio('uplot'), words: `${words}: ours against uPlot (${told} ms)` },
    { name: `${name}/echarts`, value: ratio('echarts'), words: 'the same against ECharts' },
    { name: `${name}/plotters`, value: ratio('plotters'), words: 'the same scene against plotters-canvas' },
  ];
}

async function each(pages, work) {
  for (const library of LIBRARIES) {
    await pages[library].bringToFront();
    await work(pages[library], library);
  }
}

async function oneCase(pages, layout, [series, points]) {
  const name = `draw/${series}x${points}`;
  const task = { series, points, size: SIZE, layout };
  await each(pages, (page) => page.evaluate((task) => globalThis.bench.load(task), task));
  const created = await byTurns(pages, (page) => page.evaluate((size) => globalThis.bench.create(1, size), SIZE));
  const repeats = {};
  const updated = await byTurns(pages, async (page, library, round) => {
    const time = await page.evaluate((times) => globalThis.bench.update(times), repeats[library] ?? 1);
    if (round < 0) {
      repeats[library] = Math.max(1, Math.min(20, Math.round(ENOUGH / time)));
    }
    return time;
  });
  await each(pages, (page) => page.evaluate(() => globalThis.bench.update(2)));
  const [ours, theirs] = [await pages.ours.evaluate(() => globalThis.bench.pixels()), await pages.uplot.evaluate(() => globalThis.bench.pixels())];
  const faults = compare(ours, theirs, layout);
  return {
    faults: faults.map((fault) => `${name}: ${fault}`),
    figures: [
      ...figures(name, updated, `${series} series of ${points} points get new data`),
      ...figures(`${name}/create`, created, 'the chart is drawn for the first time'),
    ],
  };
}

async function dashboard(pages, layout) {
  const task = { ...PANELS, size: PANEL, layout };
  await each(pages, (page) => page.evaluate((task) => globalThis.bench.load(task), task));
  await each(pages, (page) => page.evaluate(([count, size]) => globalThis.bench.create(count, size), [PANELS.count, PANEL]));
  const repainted = await byTurns(pages, (page) => page.evaluate(() => globalThis.bench.update(1)));
  const longest = await byTurns(pages, (page) => page.evaluate(() => globalThis.bench.longestTask()));
  return [
    ...figures('draw/dashboard', repainted, `${PANELS.count} panels of ${PANELS.series} series with ${PANELS.points} points get new data`),
    ...figures('draw/dashboard/longest-task', longest, 'the longest time that the page is busy without a pause meanwhile'),
  ];
}

const server = await serve();
try {
  const { all, faults } = await withBrowser(async (browser) => {
    const pages = await openPages(browser, `http://127.0.0.1:${server.address().port}/`);
    const layoutOf = (size) => pages.ours.evaluate((size) => globalThis.bench.layout(size), size);
    const layout = await layoutOf(SIZE);
    const results = [];
    for (const one of CASES.filter(([series, points]) => !ONLY || ONLY.includes(`${series}x${points}`))) {
      results.push(await oneCase(pages, layout, one));
    }
    const dashboards = !ONLY || ONLY.includes('dashboard') ? await dashboard(pages, await layoutOf(PANEL)) : [];
    return { all: [...results.flatMap(({ figures }) => figures), ...dashboards], faults: results.flatMap(({ faults }) => faults) };
  }, ARGUMENTS);
  if (faults.length > 0) {
    throw new Error(`the pictures differ:\n${faults.join('\n')}`);
  }
  report(all);
} finally {
  server.close();
  server.closeAllConnections();
}
