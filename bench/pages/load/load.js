// The peer of the app: a minimal hand-written page with the first eight charts of the dashboard "instances". Everything that the app has
// to find out is hard-coded here, so that all queries are sent at once. `load.mjs` adds uPlot, and compares the queries with the app's.
const STEP = 30;
const HOUR = 3600;
const COLORS = ['#3274d9', '#e0752d', '#37872d', '#a352cc', '#c4162a', '#1f9ea3', '#b5860b', '#d6479f'];

const node = 'job=~"node",instance=~".+"';
const disk = `${node},fstype!~"overlay|squashfs|iso9660|erofs|ramfs|fuse[.].*",mountpoint!~"/(boot|dev|proc|run|snap|sys|tmp)(/.*)?"`;
const number = (value) => `${+value.toPrecision(3)}`;
const percent = (value) => `${number(100 * value)} %`;
const bytes = (value) => `${number(value / 2 ** 30)} GiB`;
const decimalBytes = (value) => `${number(value / 1e9)} GB`;
const instance = ({ instance }) => instance;
const mount = ({ instance, mountpoint }) => `${instance} ${mountpoint}`;

const CHARTS = [
  { title: 'Disk left', wide: true, unit: decimalBytes, limit: 5e9, lines: [[`node_filesystem_avail_bytes{${disk}}`, mount]] },
  {
    title: 'Disk left, share',
    wide: true,
    unit: percent,
    max: 1,
    limit: 0.1,
    lines: [[`node_filesystem_avail_bytes{${disk}} / (node_filesystem_size_bytes > 0)`, mount]],
  },
  {
    title: 'CPU',
    unit: percent,
    max: 1,
    lines: [[`clamp_min(1 - avg by (instance) (rate(node_cpu_seconds_total{${node},mode="idle"}[2m])), 0)`, instance]],
  },
  {
    title: 'CPU by mode',
    unit: percent,
    max: 1,
    stacked: true,
    lines: [[`avg by (mode) (rate(node_cpu_seconds_total{${node},mode!="idle"}[2m]))`, ({ mode }) => mode]],
  },
  {
    title: 'Load against cores',
    unit: number,
    lines: [
      [`node_load1{${node}}`, instance],
      [`count by (instance) (node_cpu_seconds_total{${node},mode="idle"})`, ({ instance }) => `${instance} cores`, [8, 6]],
    ],
  },
  {
    title: 'Memory used',
    unit: bytes,
    lines: [
      [`node_memory_MemTotal_bytes{${node}} - node_memory_MemAvailable_bytes`, instance],
      [`node_memory_MemTotal_bytes{${node}}`, ({ instance }) => `${instance} total`, [8, 6]],
    ],
  },
  { title: 'Memory available', unit: bytes, lines: [[`node_memory_MemAvailable_bytes{${node}}`, instance]] },
  { title: 'Swap used', unit: bytes, lines: [[`node_memory_SwapTotal_bytes{${node}} - node_memory_SwapFree_bytes`, instance]] },
];

const end = Math.floor(Date.now() / 1000 / STEP) * STEP;
const start = end - HOUR;
const times = Array.from({ length: HOUR / STEP + 1 }, (_, index) => start + index * STEP);

async function ask(query) {
  const response = await fetch(`../../prometheus/api/v1/query_range?${new URLSearchParams({ query, start, end, step: STEP })}`);
  return (await response.json()).data.result;
}

function column(values) {
  const column = times.map(() => null);
  for (const [time, value] of values) {
    column[(time - start) / STEP] = Number(value);
  }
  return column;
}

function draw(section, { unit, max, limit, stacked, lines }, answers) {
  const series = [];
  const columns = [];
  answers.forEach((answer, index) => {
    for (const { metric, values } of answer) {
      const stroke = COLORS[series.length % COLORS.length];
      series.push({ label: lines[index][1](metric), stroke, dash: lines[index][2], width: 1.5, points: { show: false }, value: (_, value) => (value === null ? '' : unit(value)) });
      columns.push(column(values));
    }
  });
  if (stacked) {
    for (let index = 1; index < columns.length; index += 1) {
      columns[index] = columns[index].map((value, at) => (value === null ? null : value + columns[index - 1][at]));
    }
    // The highest band is painted first, so that lower ones are painted over it.
    columns.reverse();
    series.reverse();
    series.forEach((one) => (one.fill = one.stroke));
  }
  if (limit) {
    series.push({ label: 'limit', stroke: '#c4162a', dash: [4, 4], points: { show: false } });
    columns.push(times.map(() => limit));
  }
  const options = {
    width: section.clientWidth,
    height: 200,
    scales: { y: { range: (_, low, high) => [0, max ?? (high * 1.05 || 1)] } },
    axes: [{}, { size: 70, values: (_, values) => values.map(unit) }],
    series: [{}, ...series],
  };
  new uPlot(options, [times, ...columns], section);
  section.dataset.state = 'ready';
}

for (const chart of CHARTS) {
  const section = document.createElement('section');
  section.classList.toggle('wide', chart.wide === true);
  section.dataset.kind = 'timeseries';
  section.append(Object.assign(document.createElement('h2'), { textContent: chart.title }));
  document.querySelector('main').append(section);
  // Each chart is drawn as soon as it has its own answers.
  Promise.all(chart.lines.map(([query]) => ask(query))).then((answers) => draw(section, chart, answers));
}
