//! The app's charts, for a page that measures them: from columns, as the decoder leaves them, to pixels on a canvas.

use chart::canvas::{Ruler, draw};
use chart::{FONT, Ink, Line, Palette, Rgb, SUBPIXELS, Scene, Size, Spec, Style, ValueAxis, layout, paint};
use model::dashboard::ThresholdsStyle;
use model::series::Grid;
use model::time::{Utc, Window};
use model::unit::Unit;
use plotters_canvas::CanvasBackend;
use text::locale::Language;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsError};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The columns of a range answer.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Dataset {
    grid: Grid,
    values: Vec<Vec<f64>>,
}

#[wasm_bindgen]
impl Dataset {
    /// Series of `len` values each, one after the other in `values`; at the instants from `start` on, every `step`. Milliseconds.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    pub fn new(values: &[f64], start: f64, step: f64, len: usize) -> Self {
        let values = values.chunks_exact(len.max(1)).map(<[f64]>::to_vec).collect();
        Self { grid: Grid { start: start as i64, step: step as i64, len }, values }
    }
}

/// A chart on a canvas.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Chart {
    canvas: HtmlCanvasElement,
    ruler: Ruler,
    palette: Palette,
    size: Size,
}

#[wasm_bindgen]
impl Chart {
    /// A chart that draws on `canvas`. Colours are hexadecimal, as in CSS.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement, text: &str, grid: &str, series: Vec<String>) -> Self {
        let color = |css: &str| Rgb::parse(css).unwrap_or_default();
        let series = series.iter().map(|css| color(css)).collect();
        let palette =
            Palette { text: color(text), grid: color(grid), series, tokens: Vec::new(), heat: [color(text); 3], font: FONT.to_owned() };
        Self { ruler: Ruler::new(&canvas, FONT), canvas, palette, size: Size { width: 0.0, height: 0.0, ratio: 1.0 } }
    }

    /// Sets the size in CSS px, and the number of device pixels per CSS px.
    pub fn resize(&mut self, width: f64, height: f64, ratio: f64) {
        self.size = Size { width, height, ratio };
    }

    /// Draws `dataset`. Returns the rectangle of the plot, CSS px: left, top, right, bottom.
    pub fn draw(&self, dataset: &Dataset) -> Result<Vec<f64>, JsError> {
        let scene = self.scene(dataset)?;
        draw(&self.canvas, &scene, &self.palette).map_err(|error| JsError::new(&error.to_string()))?;
        let plot = scene.plot_css();
        Ok(vec![plot.left, plot.top, plot.right, plot.bottom])
    }

    /// Draws `dataset` with plotters-canvas: the same scene, drawn by the canvas instead of our own rasterizer.
    pub fn draw_by_plotters(&self, dataset: &Dataset) -> Result<(), JsError> {
        let scene = self.scene(dataset)?;
        let failed = || JsError::new("refused by the canvas");
        let (width, height) = scene.size.device();
        // Setting the size clears the canvas and resets its scale.
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let context = self.canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
        let scale = f64::from(SUBPIXELS).recip();
        context.ok_or_else(failed)?.scale(scale, scale).map_err(|_| failed())?;
        let backend = CanvasBackend::with_canvas_object(self.canvas.clone()).ok_or_else(failed)?;
        paint(&scene, backend, &self.palette).map_err(|_| failed())
    }

    fn scene(&self, dataset: &Dataset) -> Result<Scene, JsError> {
        let Dataset { grid, values } = dataset;
        let line = |(slot, values)| Line { grid: *grid, values, ink: Ink::Series(slot), style: Style::default(), below: None };
        let spec = Spec {
            window: Window { start: grid.start, end: grid.time(grid.len.saturating_sub(1)) },
            lines: values.iter().map(Vec::as_slice).enumerate().map(line).collect(),
            left: ValueAxis { unit: Unit::PERCENT, ..ValueAxis::default() },
            right: ValueAxis::default(),
            thresholds: ThresholdsStyle::Off,
            annotations: Vec::new(),
            language: Language::En,
            size: self.size,
        };
        layout(&spec, &Utc, &|text| self.ruler.width(text), None).ok_or_else(|| JsError::new("the chart asks for rare options"))
    }
}
