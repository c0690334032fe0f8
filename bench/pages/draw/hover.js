// A dashboard of uPlot charts whose cursors move together.
import uPlot from '/uplot/uPlot.esm.js';
import { dataset, LOOK } from './data.js';

globalThis.show = (panels, series, points) => {
  // The same instants in all charts, as on a dashboard.
  const { times } = dataset(1, points, 0);
  for (let panel = 0; panel < panels; panel += 1) {
    const { columns } = dataset(series, points, panel);
    const lines = columns.map((_, index) => ({
      label: String.fromCharCode(97 + index),
      stroke: LOOK.series[index % LOOK.series.length],
      width: LOOK.width,
      points: { show: false },
      value: (_, value) => (value === null ? '--' : `${value.toFixed(1)} %`),
    }));
    const options = { width: 420, height: 170, title: `Panel ${panel + 1}`, cursor: { sync: { key: 'all' } }, legend: { live: true }, series: [{}, ...lines] };
    new uPlot(options, [times, ...columns], document.body);
  }
};
