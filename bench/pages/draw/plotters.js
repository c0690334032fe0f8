// The same scenes, drawn by plotters-canvas.
import { serveCharts } from './charts.js';

await serveCharts('draw_by_plotters');
