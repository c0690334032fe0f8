// The same data for every library, and the functions that measure a page.

/** Seconds. */
const STEP = 15;
const START = 1_784_714_400;

/** Mulberry32: the same numbers in every page. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Data like that of a busy machine, in percent: a random walk, a wave and noise. Each revision has other values and later times. */
export function dataset(series, points, revision) {
  const times = Float64Array.from({ length: points }, (_, index) => START + (index + revision * 4) * STEP);
  const columns = [];
  for (let index = 0; index < series; index += 1) {
    const next = random(index * 7919 + revision * 104729 + 1);
    const [level, height, period] = [20 + 60 * next(), 4 + 12 * next(), 20 + 200 * next()];
    const column = new Float64Array(points);
    let walk = 0;
    for (let at = 0; at < points; at += 1) {
      walk = walk * 0.995 + (next() - 0.5) * 3;
      const value = level + walk + height * Math.sin(at / period) + (next() - 0.5) * 6;
      column[at] = Math.min(98, Math.max(1, value));
    }
    // A spike, so that the axis is the same for all data.
    column[points >> 1] = 98;
    columns.push(column);
  }
  return { times, columns, step: STEP };
}

/** The style that all libraries use. */
export const LOOK = {
  width: 1.5,
  font: '11px system-ui, sans-serif',
  text: '#4b5563',
  grid: '#e2e5ea',
  series: ['#2563eb', '#d97706', '#059669', '#dc2626', '#7c3aed', '#0891b2', '#db2777', '#65a30d', '#9333ea', '#b45309'],
};

/** An empty box of a panel's size on the page. */
export function box({ width, height }) {
  const element = document.createElement('div');
  Object.assign(element.style, { width: `${width}px`, height: `${height}px`, position: 'relative' });
  document.body.append(element);
  return element;
}

/** Waits until the browser has executed all drawing commands on the canvas. */
function raster(canvas) {
  canvas.getContext('2d').getImageData(0, 0, 1, 1);
}

/** Provides the charts of one library to `draw.mjs`. `create` and `update` may return promises. */
export function serve({ prepare, create, update, remove, canvas }) {
  let sets = [];
  let charts = [];
  const clear = () => {
    charts.forEach(remove);
    document.body.replaceChildren();
    charts = [];
  };
  const timed = async (work) => {
    const before = performance.now();
    await work();
    return performance.now() - before;
  };
  const nextFrame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  globalThis.bench = {
    /** Prepares two revisions of a case, so that each update has new data. */
    load({ series, points, size, layout }) {
      clear();
      sets = [0, 1].map((revision) => prepare(dataset(series, points, revision), { size, layout }));
    },
    /** Creates charts and returns the time that this took, ms. */
    async create(count, size) {
      clear();
      await nextFrame();
      const boxes = Array.from({ length: count }, () => box(size));
      await nextFrame();
      return timed(async () => {
        charts = await Promise.all(boxes.map((element) => create(element, sets[0])));
        charts.forEach((chart) => raster(canvas(chart)));
      });
    },
    /** Gives all charts new data, `times` times. Returns how long one round took, ms. */
    async update(times) {
      await nextFrame();
      const total = await timed(async () => {
        for (let round = 1; round <= times; round += 1) {
          const waiting = charts.map((chart) => update(chart, sets[round % 2]));
          if (waiting[0] instanceof Promise) await Promise.all(waiting);
          charts.forEach((chart) => raster(canvas(chart)));
        }
      });
      return total / times;
    },
    /** The longest time that the page was blocked while all charts got and drew new data, ms. */
    async longestTask() {
      await nextFrame();
      let longest = 0;
      let last = performance.now();
      let running = true;
      const channel = new MessageChannel();
      const beat = () => {
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
        if (running) channel.port2.postMessage(0);
      };
      channel.port1.onmessage = beat;
      channel.port2.postMessage(0);
      await Promise.all(charts.map((chart) => update(chart, sets[1])));
      await nextFrame();
      charts.forEach((chart) => raster(canvas(chart)));
      await new Promise((done) => setTimeout(done));
      running = false;
      return longest;
    },
    /** The pixels of the first chart, RGBA. */
    pixels() {
      const drawn = canvas(charts[0]);
      const { data } = drawn.getContext('2d').getImageData(0, 0, drawn.width, drawn.height);
      return { width: drawn.width, height: drawn.height, data: Array.from(data) };
    },
  };
}
