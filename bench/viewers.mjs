// Measures what 30 viewers of a dashboard ask of Prometheus, against single viewers with each of their screen widths.
// UTKIK_BENCH_REFRESHES and UTKIK_BENCH_VIEWERS (per screen width) set fewer of them, for trying it out.
import { counters, open, report, sleep, withBrowser } from './measuring.mjs';

const INTERVAL = 10;
const QUERY = `d=instances&from=now-1h&to=now&refresh=${INTERVAL}s`;
const REFRESHES = Number(process.env.UTKIK_BENCH_REFRESHES ?? 10);
const WIDTHS = [360, 900, 1680];
const EACH = Number(process.env.UTKIK_BENCH_VIEWERS ?? 10);
/** How long the stack without viewers is measured, s. */
const IDLE = REFRESHES * INTERVAL;

/** What the stack loads without viewers, per second: samples for its rules. It sends no requests to the API. */
let idle = { requests: 0, samples: 0 };

async function during(seconds, work = () => {}) {
  const started = performance.now();
  const before = await counters();
  await work();
  await sleep(seconds - (performance.now() - started) / 1000);
  const elapsed = (performance.now() - started) / 1000;
  const after = await counters();
  const reached = (name) => after[name] - before[name] - idle[name] * elapsed;
  return { requests: reached('requests'), samples: reached('samples'), elapsed };
}

/** A viewer with its own caches, and the number of requests that it has sent to the API. */
async function viewer(browser, width) {
  // Without animations, since so many pages on one machine need the CPU for the refreshes.
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const sent = { requests: 0, failed: 0 };
  page.on('request', (request) => {
    sent.requests += request.url().includes('/api/v1/') ? 1 : 0;
  });
  page.on('response', (response) => {
    sent.failed += response.status() >= 400 ? 1 : 0;
  });
  return { page, sent, close: () => context.close() };
}

/** Lets all viewers open the page within one interval, and then counts what reaches Prometheus during the refreshes. */
async function watch(browser, widths) {
  const viewers = await Promise.all(widths.map((width) => viewer(browser, width)));
  const sent = () => viewers.reduce((sum, { sent }) => sum + sent.requests, 0);
  const come = async ({ page }) => {
    await sleep(Math.random() * INTERVAL);
    await open(page, QUERY);
  };
  const opening = await during(0, () => Promise.all(viewers.map(come)));
  const opened = sent();
  // Waits for the first refresh of the last viewer, so that all requests of opening are over.
  await sleep(INTERVAL);
  const before = sent();
  const refreshes = await during(REFRESHES * INTERVAL);
  const asked = sent() - before;
  const failed = viewers.reduce((sum, { sent }) => sum + sent.failed, 0);
  const seen = await Promise.all(viewers.map(({ page }) => page.evaluate(() => document.visibilityState)));
  await Promise.all(viewers.map(({ close }) => close()));
  if (failed > 0 || seen.includes('hidden')) {
    throw new Error(`${failed} requests failed, and pages were ${new Set(seen)}: these are not viewers of a healthy app`);
  }
  const rounded = ({ requests, samples, elapsed }) => `${requests} requests, ${samples.toFixed(0)} samples in ${elapsed.toFixed(0)} s`;
  console.log(`${widths.length} viewers, ${[...new Set(widths)]} px: opening asked ${opened}, reached ${rounded(opening)}; refreshes asked ${asked}, reached ${rounded(refreshes)}`);
  return { opening: { ...opening, asked: opened }, refreshes: { ...refreshes, asked } };
}

await sleep(INTERVAL);
const alone = await during(IDLE);
idle = { requests: alone.requests / alone.elapsed, samples: alone.samples / alone.elapsed };
console.log(`the stack itself: ${idle.requests.toFixed(2)} requests and ${idle.samples.toFixed(0)} samples a second`);

// All viewers come before the single ones, so that Nginx has no cached answers of the single viewers.
const crowd = await withBrowser((browser) => watch(browser, Array(EACH).fill(WIDTHS).flat()));
const lone = { requests: 0, samples: 0, asked: 0 };
for (const width of WIDTHS) {
  const { refreshes } = await withBrowser((browser) => watch(browser, [width]));
  for (const name of Object.keys(lone)) {
    lone[name] += refreshes[name];
  }
}

const count = EACH * WIDTHS.length;
const ratio = (name) => crowd.refreshes[name] / lone[name];
const compared = (what) => `${what} that reach Prometheus in ${REFRESHES} refreshes of ${count} viewers with three screens, against the sum of one with each alone`;
report([
  { name: 'query/viewers/requests', value: ratio('requests'), words: compared('requests') },
  { name: 'query/viewers/samples', value: ratio('samples'), words: compared('samples loaded by its engine') },
  {
    name: 'query/viewers/asked',
    value: ratio('asked'),
    words: `the same in requests that the browsers sent: ${EACH} if no viewer was late`,
  },
  {
    name: 'query/viewers/opening',
    value: crowd.opening.requests / crowd.opening.asked,
    words: `requests that reach Prometheus while ${count} viewers open the dashboard, against what they asked`,
  },
]);
