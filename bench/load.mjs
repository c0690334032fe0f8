// How long three front doors of the app take from a cold start, against a page of less than 25 kB, written by hand with uPlot, that draws
// the charts of the same dashboard and asks for all of them as soon as its script runs. Both come from the same Nginx, unthrottled and
// over a slow line to a slow machine.
// To try it out with less: UTKIK_BENCH_LOAD_ROUNDS. To see when each request came and went: UTKIK_BENCH_LOAD_WATERFALL=1.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment, median, report, sleep, withBrowser } from './measuring.mjs';

const ROUNDS = Number(process.env.UTKIK_BENCH_LOAD_ROUNDS ?? 5);
/** So high that eight charts of the dashboard are seen; the app does not ask for what is further down. */
const VIEWPORT = { width: 1360, height: 1360 };
const CHARTS = 8;
/** The most that the page of the peer may weigh, in bytes by brotli -11: more would not be the least that one can do. */
const MOST_OF_PEER = 25_000;
const TIMEOUT = 60_000;

/** Both the network and the CPU; in bytes a second and ms, as DevTools counts. */
const SPEEDS = {
  unthrottled: undefined,
  'slow 4G, CPU / 4': { network: { offline: false, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, latency: 150 }, cpu: 4 },
};
const [FAST, SLOW] = Object.keys(SPEEDS);

/** What is opened, and the moments that are waited for: so many charts that are drawn, or one thing there and others gone. */
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
 * Runs in each page before anything else, and tells by `tellMoment` when the moments have come, one after the other, in ms since the
 * navigation began.
 *
 * It looks only after a frame in which something has changed, and once in it: that frame is painted by then. Charts are looked at only
 * where their section says that they are ready, and only along two lines of pixels.
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
    // Before looking: what that takes is not the page's time.
    const now = performance.now();
    while (next < moments.length && hasCome(moments[next])) {
      globalThis.tellMoment(`${now}`);
      next += 1;
    }
    if (next === moments.length) {
      observer.disconnect();
    }
  };
  // A canvas gets its size when it is drawn, whichever library does it.
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state', 'data-service-state', 'width'] });
}

/** Puts the page of the peer beside the app, compressed as the app is, and returns what it weighs. */
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

/** Lists the requests of a page as they come and go: times in seconds by the browser's own clock. */
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
  // What a preload has brought already.
  session.on('Network.requestServedFromCache', ({ requestId }) => requests.delete(requestId));
  on('responseReceived', (request, { response }) => {
    request.wrong = response.status >= 400;
    request.bytes = response.encodedDataLength;
  });
  on('dataReceived', (request, { encodedDataLength }) => {
    request.bytes += encodedDataLength;
  });
  on('loadingFinished', (request, { timestamp, encodedDataLength }) => Object.assign(request, { ended: timestamp, bytes: encodedDataLength }));
  // Chromium says "canceled" also where a script has read all of an answer and lets go of it a moment before the browser has noted the end.
  on('loadingFailed', (request, { timestamp, canceled }) => Object.assign(request, canceled ? { ended: timestamp } : { wrong: true }));
  return requests;
}

/** Opens a door as somebody does who has never been here: when each of its moments came, ms, and the requests until the first. */
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
    // Not by Playwright's `exposeFunction`: it may lose a call that comes while the navigation is being noted.
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

/** The requests that had come back `time` ms after the first was sent, in ms since then. */
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

/** What a page has asked for its charts, less the alerts that the app marks in them. */
function questions({ list }) {
  const asked = list.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.endsWith('/query_range'));
  const told = asked.map(({ searchParams }) => `${searchParams.get('query')} every ${searchParams.get('step')} s`);
  return [...new Set(told)].filter((question) => !question.startsWith('ALERTS')).sort();
}

/** The last of several visits, request by request, for people. */
function printWaterfall(name, { times, list }) {
  console.error(`\n${name}, ${SLOW}: ${times.map((time) => time.toFixed(0)).join(', ')} ms\n  asked     end    bytes`);
  const column = (value) => (value === undefined ? '-' : value.toFixed(0)).padStart(7);
  for (const { url, asked, ended, bytes } of list) {
    const { pathname, searchParams } = new URL(url);
    const words = [pathname.split('/').slice(2).join('/'), ...searchParams.values()].join(' ');
    console.error(`${column(asked)} ${column(ended)}  ${column(bytes)}  ${words.slice(0, 110)}`);
  }
}

/** Waits until Prometheus knows its targets, a few seconds after it was started: the app takes its steps from them. */
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
/** By speed and door, a visit each round. */
const visits = await withBrowser(async (browser) => {
  const visits = Object.fromEntries(Object.keys(SPEEDS).map((speed) => [speed, Object.fromEntries(Object.keys(DOORS).map((door) => [door, []]))]));
  // Unmeasured: caches of Nginx get warm, and both sides are seen to ask the same.
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

// The page of the peer is there when all its charts are.
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
