// Measures how long three doors (first views) of the app take from a cold start, against a peer: a hand-written page of less than 25 kB
// with uPlot, which draws the charts of the same dashboard and asks for all of them as soon as its script runs. The same Nginx serves both.
// They are measured unthrottled, and with a slow network and CPU.
// UTKIK_BENCH_LOAD_ROUNDS sets fewer rounds, for trying it out. UTKIK_BENCH_LOAD_WATERFALL=1 prints the times of all requests.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment, median, report, sleep, withBrowser } from './measuring.mjs';

const ROUNDS = Number(process.env.UTKIK_BENCH_LOAD_ROUNDS ?? 5);
/** High enough for eight charts of the dashboard; the app does not ask for charts further down. */
const VIEWPORT = { width: 1360, height: 1360 };
const CHARTS = 8;
/** The largest size of the peer's page, bytes with brotli -11: it has to be a minimal page. */
const MOST_OF_PEER = 25_000;
const TIMEOUT = 60_000;

/** Limits of the network, in bytes per second and ms as in DevTools, and the slowdown of the CPU. */
const SPEEDS = {
  unthrottled: undefined,
  'slow 4G, CPU / 4': { network: { offline: false, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, latency: 150 }, cpu: 4 },
};
const [FAST, SLOW] = Object.keys(SPEEDS);

/** The path of each door, and the moments to wait for: a number of drawn charts, or an element that is there while others are gone. */
const DOORS = {
  dashboard: { path: '?d=instances', moments: [{ charts: 1 }, { charts: CHARTS }] },
  overview: {
    path: '',
    moments: [{ there: 'main[data-dashboard="overview"][data-state="ready"] [data-value]', gone: '.skeleton, [data-service-state="waiting"]' }],
  },
  alerts: { path: '?page=alerts', moments: [{ there: 'main[data-page="alerts"][data-state="ready"] [data-alert]', gone: '.skeleton' }] },
  peer: { path: 'peer/', moments: [{ charts: 1 }, { charts: CHARTS }] },
};

/**
 * Runs in each page before anything else. Calls `tellMoment` at each of the moments, in their order, with the time in ms since the
 * navigation began.
 *
 * It checks once after each frame in which something has changed, when that frame has been painted. It checks only charts whose section
 * is ready, and of these only two lines of pixels.
 */
function watch(moments) {
  const drawn = new WeakSet();
  const isDrawn = (canvas) => {
    const { width, height } = canvas;
    if (!drawn.has(canvas) && width > 0 && height > 0) {
      const context = canvas.getContext('2d');
      const lines = [context.getImageData(0, height >> 1, width, 1), context.getImageData(width >> 1, 0, 1, height)];
      if (lines.some(({ data }) => data.some((value, index) => index % 4 === 3 && value > 0))) {
        drawn.add(canvas);
      }
    }
    return drawn.has(canvas);
  };
  const hasCome = ({ charts, there, gone }) =>
    charts
      ? [...document.querySelectorAll('section[data-kind="timeseries"][data-state="ready"] canvas')].filter(isDrawn).length >= charts
      : document.querySelector(there) !== null && document.querySelector(gone) === null;

  let [next, due] = [0, false];
  const painted = new MessageChannel();
  const observer = new MutationObserver(() => {
    if (!due) {
      due = true;
      requestAnimationFrame(() => painted.port2.postMessage(0));
    }
  });
  painted.port1.onmessage = () => {
    due = false;
    // Taken before the check, so that the time of the check does not count.
    const now = performance.now();
    while (next < moments.length && hasCome(moments[next])) {
      globalThis.tellMoment(`${now}`);
      next += 1;
    }
    if (next === moments.length) {
      observer.disconnect();
    }
  };
  // All libraries set the size of a canvas when they draw it.
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state', 'data-service-state', 'width'] });
}

/** Puts the page of the peer beside the app, compressed in the same way, and returns its compressed size in bytes. */
function publishPeer() {
  const here = (path) => new URL(path, import.meta.url).pathname;
  const read = (path) => readFileSync(here(path), 'utf8');
  const { nginx_config } = JSON.parse(readFileSync(environment('UTKIK_STACK_FILE'), 'utf8'));
  const folder = join(dirname(nginx_config), 'app/peer');
  mkdirSync(folder, { recursive: true });
  const files = {
    'index.html': read('pages/load/index.html'),
    'load.css': read('node_modules/uplot/dist/uPlot.min.css') + read('pages/load/load.css'),
    'load.js': read('node_modules/uplot/dist/uPlot.iife.min.js') + read('pages/load/load.js'),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  execFileSync(process.execPath, [here('../xtask/src/dist/compress.mjs'), folder]);
  const weight = Object.keys(files).reduce((sum, name) => sum + statSync(join(folder, `${name}.br`)).size, 0);
  if (weight > MOST_OF_PEER) {
    throw new Error(`the page of the peer weighs ${weight} bytes by brotli: more than ${MOST_OF_PEER}`);
  }
  return weight;
}

/** Records the requests of a page: times in seconds by the browser's clock. */
function listRequests(session) {
  const requests = new Map();
  const on = (event, note) =>
    session.on(`Network.${event}`, (told) => {
      const request = requests.get(told.requestId);
      if (request) {
        note(request, told);
      }
    });
  session.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => requests.set(requestId, { url: request.url, asked: timestamp, bytes: 0 }));
  // Requests that a preload has already answered.
  session.on('Network.requestServedFromCache', ({ requestId }) => requests.delete(requestId));
  on('responseReceived', (request, { response }) => {
    request.wrong = response.status >= 400;
    request.bytes = response.encodedDataLength;
  });
  on('dataReceived', (request, { encodedDataLength }) => {
    request.bytes += encodedDataLength;
  });
  on('loadingFinished', (request, { timestamp, encodedDataLength }) => Object.assign(request, { ended: timestamp, bytes: encodedDataLength }));
  // Chromium also says "canceled" if a script has read the whole answer and drops it just before the browser has noted its end.
  on('loadingFailed', (request, { timestamp, canceled }) => Object.assign(request, canceled ? { ended: timestamp } : { wrong: true }));
  return requests;
}

/** Opens a door with empty caches. Returns when each of its moments came, ms, and the requests until the first one. */
async function visit(browser, { path, moments }, speed) {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const requests = listRequests(session);
    await session.send('Network.enable');
    if (speed) {
      await session.send('Network.emulateNetworkConditions', speed.network);
      await session.send('Emulation.setCPUThrottlingRate', { rate: speed.cpu });
    }
    const times = [];
    const all = new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`"${path}" was not there after ${TIMEOUT} ms: moments ${JSON.stringify(moments)} came at ${times}`)), TIMEOUT);
      session.on('Runtime.bindingCalled', ({ name, payload }) => {
        if (name === 'tellMoment') {
          times.push(Number(payload));
        }
        if (times.length === moments.length) {
          clearTimeout(timer);
          done();
        }
      });
    });
    // Playwright's `exposeFunction` is not used: it may lose a call that comes during the navigation.
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: 'tellMoment' });
    await page.addInitScript(watch, moments);
    await page.goto(environment('UTKIK_URL') + path, { waitUntil: 'commit' });
    await all;
    return { times, ...requestsUntil(times[0], [...requests.values()]) };
  } finally {
    await context.close();
  }
}

/** The requests that were answered within `time` ms after the first one was sent. Times in ms since then. */
function requestsUntil(time, requests) {
  const [{ asked: begun }] = requests;
  const since = (timestamp) => timestamp && (timestamp - begun) * 1000;
  const list = requests.map((request) => ({ ...request, asked: since(request.asked), ended: since(request.ended) }));
  const wrong = list.filter(({ wrong }) => wrong);
  if (wrong.length > 0) {
    throw new Error(`these requests failed: ${wrong.map(({ url }) => url)}`);
  }
  const came = list.filter(({ ended }) => ended <= time);
  return { list, requests: came.length, bytes: came.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The range queries of a page, without those for the alerts that the app marks in charts. */
function questions({ list }) {
  const asked = list.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.endsWith('/query_range'));
  const told = asked.map(({ searchParams }) => `${searchParams.get('query')} every ${searchParams.get('step')} s`);
  return [...new Set(told)].filter((question) => !question.startsWith('ALERTS')).sort();
}

/** Prints all requests of one visit. */
function printWaterfall(name, { times, list }) {
  console.error(`\n${name}, ${SLOW}: ${times.map((time) => time.toFixed(0)).join(', ')} ms\n  asked     end    bytes`);
  const column = (value) => (value === undefined ? '-' : value.toFixed(0)).padStart(7);
  for (const { url, asked, ended, bytes } of list) {
    const { pathname, searchParams } = new URL(url);
    const words = [pathname.split('/').slice(2).join('/'), ...searchParams.values()].join(' ');
    console.error(`${column(asked)} ${column(ended)}  ${column(bytes)}  ${words.slice(0, 110)}`);
  }
}

/** Waits until Prometheus knows its targets, a few seconds after its start: the app derives its steps from them. */
async function targetsAreKnown() {
  for (const end = performance.now() + TIMEOUT; performance.now() < end; await sleep(0.5)) {
    const { data } = await (await fetch(`${environment('PROMETHEUS_DIRECT_URL')}api/v1/targets?state=active`)).json();
    if (data.activeTargets.length > 0) {
      return;
    }
  }
  throw new Error('Prometheus knows no targets');
}

const weight = publishPeer();
await targetsAreKnown();
/** By speed and door, one visit per round. */
const visits = await withBrowser(async (browser) => {
  const visits = Object.fromEntries(Object.keys(SPEEDS).map((speed) => [speed, Object.fromEntries(Object.keys(DOORS).map((door) => [door, []]))]));
  // Not measured: these visits warm the caches of Nginx, and check that both sides ask the same queries.
  const [ours, theirs] = [await visit(browser, DOORS.dashboard), await visit(browser, DOORS.peer)].map(questions);
  if (ours.join('\n') !== theirs.join('\n')) {
    throw new Error(`bench/pages/load/load.js asks other things than the app does; the app asks\n${ours.join('\n')}\nand the page\n${theirs.join('\n')}`);
  }
  await visit(browser, DOORS.overview);
  await visit(browser, DOORS.alerts);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [speed, conditions] of Object.entries(SPEEDS)) {
      for (const [name, door] of Object.entries(DOORS)) {
        visits[speed][name].push(await visit(browser, door, conditions));
      }
    }
  }
  return visits;
});

const time = (speed, door, moment = 0) => median(visits[speed][door].map(({ times }) => times[moment]));
const came = (speed, door) => {
  const of = (what) => median(visits[speed][door].map((visit) => visit[what]));
  return `${of('requests')} requests, ${(of('bytes') / 1000).toFixed(0)} kB`;
};
const ms = (value) => `${value.toFixed(0)} ms`;

for (const speed of Object.keys(SPEEDS)) {
  console.error(`${speed}, medians of ${ROUNDS}:`);
  for (const door of Object.keys(DOORS)) {
    const all = visits[speed][door].map(({ times }) => times[0]);
    const range = `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}`;
    const eighth = DOORS[door].moments.length > 1 ? `, all ${CHARTS} charts ${ms(time(speed, door, 1))}` : '';
    const ratio = (time(speed, door) / time(speed, 'peer')).toFixed(2);
    console.error(`  ${door.padEnd(10)} ${ms(time(speed, door)).padStart(8)} (${range}), ${ratio} of the peer; ${came(speed, door)} until then${eighth}`);
  }
}
if (process.env.UTKIK_BENCH_LOAD_WATERFALL) {
  for (const door of Object.keys(DOORS)) {
    printWaterfall(door, visits[SLOW][door].at(-1));
  }
}

// The peer counts as loaded when all its charts are drawn.
const figure = (door, what) => {
  const peer = (speed) => time(speed, 'peer', 1);
  const sides = (speed) => `ours ${ms(time(speed, door))}, peer ${ms(peer(speed))}`;
  return {
    name: `load/${door}`,
    value: time(SLOW, door) / peer(SLOW),
    words: `time from a cold start until ${what}, on slow 4G with a quarter of the CPU: ours against the ${CHARTS} charts of a hand-written page with uPlot of ${weight} bytes (${sides(SLOW)}; ours ${came(SLOW, door)}, peer ${came(SLOW, 'peer')}; unthrottled ${(time(FAST, door) / peer(FAST)).toFixed(2)}: ${sides(FAST)})`,
  };
};
report([
  figure('dashboard', 'the first chart of ?d=instances is drawn'),
  {
    name: 'load/dashboard/all',
    value: time(SLOW, 'dashboard', 1) / time(SLOW, 'peer', 1),
    words: `the same until all ${CHARTS} charts are drawn, on both sides (ours ${ms(time(SLOW, 'dashboard', 1))}, peer ${ms(time(SLOW, 'peer', 1))})`,
  },
  figure('overview', 'the last tile of the overview has its numbers'),
  figure('alerts', 'the list of alerts is there'),
]);
