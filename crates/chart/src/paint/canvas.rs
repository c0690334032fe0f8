//! Draws a scene on a canvas of the page. The only module of this crate that needs a browser.

use crate::paint::picture::rasterize;
use crate::scene::palette::{Palette, Rgb};
use crate::scene::{Anchor, FONT_SIZE, Scene};
use raster::Raster;
use std::cell::RefCell;
use std::fmt;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Why drawing on the canvas failed. For the console; the page only says that the chart failed.
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

thread_local! {
    /// The pixels of the chart that is being drawn. All charts share this memory.
    static RASTER: RefCell<Raster> = RefCell::default();
}

/// Replaces the content of `canvas` by `scene`. Its backing store gets the size of the scene in device pixels; its size on the page is
/// set by the style sheet.
pub fn draw(canvas: &HtmlCanvasElement, scene: &Scene, palette: &Palette) -> Result<(), CanvasError> {
    let context = context(canvas).ok_or_else(|| CanvasError("no 2d context".into()))?;
    let (width, height) = scene.size.device();
    // Setting the size reallocates the canvas, even if the size is the same.
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    RASTER.with_borrow_mut(|raster| {
        let region = rasterize(scene, palette, raster);
        // An `ImageData` without pixels is an error.
        if region.width == 0 || region.height == 0 {
            return Ok(());
        }
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(raster.bytes()), region.width, region.height)?;
        context.put_image_data(&image, f64::from(region.left), f64::from(region.top))
    })?;
    draw_labels(&context, scene, palette)
}

fn draw_labels(context: &CanvasRenderingContext2d, scene: &Scene, palette: &Palette) -> Result<(), CanvasError> {
    context.set_font(&font(FONT_SIZE * scene.size.ratio, &palette.font));
    let mut before = None;
    for label in &scene.labels {
        let ink = palette.text_on(label.on);
        if before != Some(ink) {
            let Rgb(red, green, blue) = ink;
            context.set_fill_style_str(&format!("rgb({red},{green},{blue})"));
            before = Some(ink);
        }
        let (align, baseline) = match label.anchor {
            Anchor::Right => ("right", "middle"),
            Anchor::Left => ("left", "middle"),
            Anchor::Middle => ("center", "middle"),
            Anchor::Top => ("center", "top"),
        };
        context.set_text_align(align);
        context.set_text_baseline(baseline);
        context.fill_text(&label.text, label.at.x, label.at.y)?;
    }
    Ok(())
}

fn font(size: f64, family: &str) -> String {
    format!("{}px {family}", crate::number::whole(size))
}

/// Measures texts of axes and caches their widths: most labels stay the same at each refresh.
#[derive(Debug)]
pub struct Ruler {
    context: Option<CanvasRenderingContext2d>,
    font: String,
    known: RefCell<Vec<(String, f64)>>,
}

/// The size of the cache. A search through more widths would take as long as measuring.
const MAX_KNOWN: usize = 200;

impl Ruler {
    /// Measures in a font family, at [`FONT_SIZE`], on the canvas: unlike the DOM, this needs no layout of the document.
    pub fn new(canvas: &HtmlCanvasElement, family: &str) -> Self {
        Self { context: context(canvas), font: font(FONT_SIZE, family), known: RefCell::default() }
    }

    /// The width of `text`, CSS px. Zero if there is no 2d context.
    pub fn width(&self, text: &str) -> f64 {
        let mut known = self.known.borrow_mut();
        if let Some((_, width)) = known.iter().find(|(other, _)| other == text) {
            return *width;
        }
        let Some(context) = &self.context else { return 0.0 };
        // Drawing and resizing change the font of this context.
        context.set_font(&self.font);
        let width = context.measure_text(text).map_or(0.0, |metrics| metrics.width());
        if known.len() >= MAX_KNOWN {
            known.clear();
        }
        known.push((text.to_owned(), width));
        width
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
