// Measures whether a page that stays open needs more and more memory: after many refreshes against after few.
// UTKIK_BENCH_REFRESHES sets fewer refreshes, for trying it out.
import { environment, open, report, withBrowser } from './measuring.mjs';

const QUERY = 'd=instances&from=now-6h&to=now&refresh=off';
const FEW = 50;
const MANY = Number(process.env.UTKIK_BENCH_REFRESHES ?? 1000);
/** The shortest time for a refresh of about 30 requests, ms, since Nginx limits the requests per second of an address. */
const PACE = 200;
const MEGABYTE = 2 ** 20;

/** Keeps the wasm instance of the app's first file, to read the sizes of its memory and cache: on-demand files use that memory. */
function keepInstance() {
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await original(...args);
      globalThis.appExports ??= (made.instance ?? made).exports;
      return made;
    };
  }
}

/** Clicks the button `times` times. Waits after each click until the requests are over and their answers are drawn. */
async function refresh(button, { times, pace }) {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const busy = () => button.classList.contains('busy');
  for (let count = 0; count < times; count += 1) {
    const earliest = performance.now() + pace;
    button.click();
    // The requests begin shortly after the click, unless there is nothing to ask for.
    const patience = performance.now() + 100;
    while (!busy() && performance.now() < patience) {
      await new Promise((done) => setTimeout(done));
    }
    while (busy() || performance.now() < earliest) {
      await frame();
    }
    await frame();
  }
}

const measured = await withBrowser(async (browser) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const refused = [];
  let requests = 0;
  page.on('response', (response) => {
    requests += 1;
    if (response.status() >= 400) {
      refused.push(`${response.status()} ${response.url()}`);
    }
  });
  await page.addInitScript(keepInstance);
  const protocol = await page.context().newCDPSession(page);
  const memory = async () => {
    // Objects that the first collection frees may keep others alive until the second one.
    await protocol.send('HeapProfiler.collectGarbage');
    await protocol.send('HeapProfiler.collectGarbage');
    const { usedSize } = await protocol.send('Runtime.getHeapUsage');
    const { wasm, cache } = await page.evaluate(() => ({
      wasm: appExports.memory.buffer.byteLength,
      cache: appExports.cache_bytes?.() ?? null,
    }));
    const sum = usedSize + wasm - (cache ?? 0);
    const parts = { heap: usedSize, wasm, cache: cache ?? 0, sum };
    const shown = Object.entries(parts).map(([name, bytes]) => `${name} ${(bytes / MEGABYTE).toFixed(2)}`);
    return { sum, shown: shown.join(', '), counted: cache !== null };
  };
  await open(page, QUERY);
  const button = await page.getByRole('button', { name: 'Refresh now' }).elementHandle();
  const after = async (times) => {
    await button.evaluate(refresh, { times, pace: PACE });
    const state = await memory();
    console.log(`${requests} requests so far; MiB: ${state.shown}`);
    return state;
  };
  const few = await after(FEW);
  let many = few;
  // In parts, to show progress.
  for (let done = FEW; done < MANY; ) {
    const times = Math.min(Math.ceil(MANY / 5), MANY - done);
    many = await after(times);
    done += times;
  }
  if (refused.length > 0) {
    throw new Error(`${refused.length} requests failed, such as ${refused[0]}: the pages of this run are not those of a healthy one`);
  }
  return { few, many };
});

const { few, many } = measured;
report([
  {
    name: 'query/memory',
    value: many.sum / few.sum,
    words:
      `JS heap and wasm memory less the cache after a forced collection: after ${MANY} refreshes (MiB: ${many.shown}) against after ${FEW} ` +
      `(${few.shown})${many.counted ? '' : '; the app does not say how large its cache is'}`,
  },
]);
