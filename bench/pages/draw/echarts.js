// ECharts, configured to draw the same as our charts, without animation.
/* global echarts */
import { LOOK, serve } from './data.js';

serve({
  prepare({ times, columns }, { size, layout: [left, top, right, bottom] }) {
    const label = { color: LOOK.text, fontSize: 11, fontFamily: 'system-ui, sans-serif' };
    const line = { lineStyle: { color: LOOK.grid } };
    const options = {
      animation: false,
      grid: { left, top, right: size.width - right, bottom: size.height - bottom, containLabel: false, outerBoundsMode: 'none' },
      color: LOOK.series,
      xAxis: { type: 'time', axisLabel: label, splitLine: { show: false }, axisTick: line, axisLine: { show: false } },
      yAxis: { type: 'value', min: 0, max: 100, axisLabel: { ...label, formatter: '{value}%' }, splitLine: line },
      series: columns.map(() => ({ type: 'line', showSymbol: false, silent: true, lineStyle: { width: LOOK.width }, emphasis: { disabled: true } })),
    };
    const data = { series: columns.map((column) => ({ data: Array.from(column, (value, index) => [times[index] * 1000, value]) })) };
    return { options, data };
  },
  create(element, { options, data }) {
    const chart = echarts.init(element, undefined, { renderer: 'canvas' });
    const series = options.series.map((one, index) => ({ ...one, ...data.series[index] }));
    chart.setOption({ ...options, series });
    chart.getZr().flush();
    return chart;
  },
  update(chart, { data }) {
    chart.setOption(data);
    chart.getZr().flush();
  },
  remove: (chart) => chart.dispose(),
  canvas: (chart) => chart.getDom().querySelector('canvas'),
});
