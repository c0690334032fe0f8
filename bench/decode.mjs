// Compares the app's decoder with JSON.parse, on a real answer, in the same page.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environment, median, report, withBrowser } from './measuring.mjs';

const SERIES = 1000;
const POINTS = 1000;
const STEP = 30;
const WARM_UPS = 3;
const REPETITIONS = 7;
const MEGABYTE = 1e6;

/** Counters with many series. Dashboards ask for their rates most often, and rates have many digits. */
const COUNTERS = [
  'mysql_global_status_commands_total',
  'node_cpu_seconds_total',
  'node_network_receive_bytes_total',
  'node_network_transmit_bytes_total',
  'node_disk_read_bytes_total',
  'node_disk_written_bytes_total',
  'node_disk_io_time_seconds_total',
];
/** The stack has fewer series than a large site, so the same series with offsets are used as further ones. */
const OFFSETS = ['0s', '10h', '20h'];

async function ask(path, parameters) {
  const response = await fetch(`${environment('PROMETHEUS_DIRECT_URL')}api/v1/${path}?${new URLSearchParams(parameters)}`);
  const answer = await response.json();
  if (answer.status !== 'success') {
    throw new Error(`${path}: ${answer.error}`);
  }
  return answer;
}

/** The answer to a range query: its bytes, and the grid that was asked for. */
async function answer() {
  const end = Math.floor(Date.now() / 1000 / STEP) * STEP;
  const start = end - (POINTS - 1) * STEP;
  // Series that already had values at the start have values for the whole range.
  const { data: names } = await ask('label/__name__/values', { start: start - 600, end: start });
  // Each part gets its own label, or `or` would drop series with equal labels.
  const part = (expression, name) => `label_replace(${expression}, "part", "${name}", "", "")`;
  const rates = OFFSETS.flatMap((offset) => COUNTERS.map((counter) => part(`rate(${counter}[5m] offset ${offset})`, `${counter} ${offset}`)));
  const query = [part(`{__name__=~"${names.join('|')}"}`, 'raw'), ...rates].join(' or ');
  const whole = await ask('query_range', { query, start, end, step: STEP });
  const longest = whole.data.result.sort((one, other) => other.values.length - one.values.length).slice(0, SERIES);
  if (longest.length < SERIES) {
    throw new Error(`the stack has only ${longest.length} of ${SERIES} series`);
  }
  whole.data.result = longest;
  // JSON.stringify writes no spaces, like Prometheus.
  const samples = longest.reduce((sum, { values }) => sum + values.length, 0);
  return { samples, body: Buffer.from(JSON.stringify(whole)), grid: { start: start * 1000, step: STEP * 1000, len: POINTS } };
}

/** Serves the page, the wasm and the answer. */
async function serve(body) {
  const wasm = environment('UTKIK_WASM');
  const files = {
    '/': ['text/html', await readFile(new URL('pages/decode.html', import.meta.url))],
    '/decode.js': ['text/javascript', await readFile(new URL('pages/decode.js', import.meta.url))],
    '/utkik_bench.js': ['text/javascript', await readFile(join(wasm, 'utkik_bench.js'))],
    '/utkik_bench_bg.wasm': ['application/wasm', await readFile(join(wasm, 'utkik_bench_bg.wasm'))],
    '/answer.json': ['application/json', body],
  };
  const server = createServer(({ url }, response) => {
    const [type, content] = files[url] ?? [];
    response.writeHead(content ? 200 : 404, { 'Content-Type': type ?? 'text/plain' }).end(content);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

const { body, grid, samples } = await answer();
const server = await serve(body);
try {
  const { ours, theirs } = await withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return page.evaluate((task) => globalThis.measure(task), { grid, samples, warmUps: WARM_UPS, repetitions: REPETITIONS });
  });
  const milliseconds = (times) => times.map((time) => time.toFixed(0)).join(', ');
  console.log(`decode of ${(body.length / MEGABYTE).toFixed(1)} MB with ${samples} samples, ms: ours ${milliseconds(ours)}; JSON.parse ${milliseconds(theirs)}`);
  report([
    {
      name: 'decode',
      value: median(ours) / median(theirs),
      words:
        `time of our decoder in wasm, the copy into its memory included, against TextDecoder, JSON.parse and parseFloat, from an answer of ` +
        `${(body.length / MEGABYTE).toFixed(1)} MB (${SERIES} series, ${samples} samples) to the same columns: medians of ${REPETITIONS}`,
    },
  ]);
} finally {
  server.close();
  server.closeAllConnections();
}
