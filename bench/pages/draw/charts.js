// Our charts: the app's layout in wasm, with columns as the app's decoder leaves them. `draw` is the name of the method of `Chart` that
// paints them.
import start, { Chart, Dataset } from '/wasm/utkik_bench.js';
import { LOOK, serve } from './data.js';

export async function serveCharts(draw) {
  await start();
  serve({
    prepare({ times, columns, step }) {
      const flat = new Float64Array(columns.length * times.length);
      columns.forEach((column, index) => flat.set(column, index * times.length));
      return new Dataset(flat, times[0] * 1000, step * 1000, times.length);
    },
    create(element, set) {
      const canvas = document.createElement('canvas');
      Object.assign(canvas.style, { width: '100%', height: '100%' });
      element.append(canvas);
      const chart = new Chart(canvas, LOOK.text, LOOK.grid, LOOK.series);
      const rect = element.getBoundingClientRect();
      chart.resize(rect.width, rect.height, devicePixelRatio);
      chart[draw](set);
      return { chart, canvas };
    },
    update({ chart }, set) {
      chart[draw](set);
    },
    remove({ chart }) {
      chart.free();
    },
    canvas: ({ canvas }) => canvas,
  });

  /** The rectangle of the plot, CSS px: left, top, right, bottom. */
  globalThis.bench.layout = (size) => {
    const chart = new Chart(document.createElement('canvas'), LOOK.text, LOOK.grid, LOOK.series);
    chart.resize(size.width, size.height, devicePixelRatio);
    const set = new Dataset(Float64Array.of(1, 98), 1_784_714_400_000, 15_000_000, 2);
    return Array.from(chart.draw(set));
  };
}
