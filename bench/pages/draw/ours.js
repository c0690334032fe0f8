// Our charts, drawn by our own rasterizer.
import { serveCharts } from './charts.js';

await serveCharts('draw');
