//! The scene on a canvas of the page. The only browser in this room.

use super::FONT_SIZE;
use super::paint::{SUBPIXELS, paint};
use super::palette::Palette;
use super::scene::Scene;
use plotters_canvas::CanvasBackend;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The canvas could not be drawn on. For the console; a reader is only told that the chart failed.
#[derive(Debug)]
pub struct CanvasError(String);

impl fmt::Display for CanvasError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<JsValue> for CanvasError {
    fn from(error: JsValue) -> Self {
        Self(error.as_string().unwrap_or_else(|| "refused by the canvas".into()))
    }
}

/// Replaces what is on `canvas` by `scene`. Its backing store gets the scene's device pixels; its size on the page is the style
/// sheet's business.
pub fn draw(canvas: &HtmlCanvasElement, scene: &Scene, palette: &Palette) -> Result<(), CanvasError> {
    let no_context = || CanvasError("no 2d context".into());
    let context = context(canvas).ok_or_else(no_context)?;
    let (width, height) = scene.size.device();
    // Setting the size clears the canvas and throws its memory away, even when it is the same.
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)?;
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    let scale = 1.0 / f64::from(SUBPIXELS);
    context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0)?;
    // The backend sets no joins, so these stay. Mitred joins are spikes on noisy data.
    context.set_line_join("round");
    context.set_line_cap("butt");
    let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(no_context)?;
    paint(scene, backend, palette).map_err(|error| CanvasError(error.to_string()))
}

/// How wide a text is on an axis of a chart on `canvas`, CSS px. Asks the canvas, which unlike the document need not be laid out
/// for it. Zero where there is no 2d context.
pub fn text_measure(canvas: &HtmlCanvasElement, font: &str) -> impl Fn(&str) -> f64 + use<> {
    let context = context(canvas);
    let font = format!("{FONT_SIZE}px {font}");
    move |text| {
        let Some(context) = &context else { return 0.0 };
        // Painting and resizing change the font of the same context.
        context.set_font(&font);
        context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
