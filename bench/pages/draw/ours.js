// Our charts: pixels of our own.
import { serveCharts } from './charts.js';

await serveCharts('draw');
