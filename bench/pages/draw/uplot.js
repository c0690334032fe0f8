// uPlot, configured to draw the same as our charts: the same plot, axis ranges, colours and widths, and nothing more.
import uPlot from '/uplot/uPlot.esm.js';
import { LOOK, serve } from './data.js';

serve({
  prepare({ times, columns }, { size, layout: [left, top, right, bottom] }) {
    const axis = { stroke: LOOK.text, font: LOOK.font, grid: { stroke: LOOK.grid, width: 1 }, ticks: { stroke: LOOK.grid, width: 1, size: 4 } };
    const options = {
      ...size,
      padding: [top, size.width - right, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true }, y: { range: () => [0, 100] } },
      axes: [{ ...axis, grid: { show: false }, size: size.height - bottom }, { ...axis, ticks: { show: false }, size: left, values: (_, values) => values.map((value) => `${value}%`) }],
      series: [{}, ...columns.map((_, index) => ({ stroke: LOOK.series[index % LOOK.series.length], width: LOOK.width, points: { show: false } }))],
    };
    return { options, data: [times, ...columns] };
  },
  async create(element, { options, data }) {
    return new Promise((done) => new uPlot(options, data, (chart, ready) => {
      element.append(chart.root);
      ready();
      done(chart);
    }));
  },
  async update(chart, { data }) {
    chart.setData(data);
    // uPlot draws in a microtask, which was queued before this one.
    await undefined;
  },
  remove: (chart) => chart.destroy(),
  canvas: (chart) => chart.ctx.canvas,
});
