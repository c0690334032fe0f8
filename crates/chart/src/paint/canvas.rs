//! The scene on a canvas of the page. The only browser in this room.

use crate::paint::picture::rasterize;
use crate::scene::palette::{Palette, Rgb};
use crate::scene::{Anchor, FONT_SIZE, Scene};
use raster::Raster;
use std::cell::RefCell;
use std::fmt;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

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

thread_local! {
    /// The pixels of whichever chart is drawn: all draw one after the other in the same memory.
    static RASTER: RefCell<Raster> = RefCell::default();
}

/// Replaces what is on `canvas` by `scene`. Its backing store gets the scene's device pixels; its size on the page is the style
/// sheet's business.
pub fn draw(canvas: &HtmlCanvasElement, scene: &Scene, palette: &Palette) -> Result<(), CanvasError> {
    let context = context(canvas).ok_or_else(|| CanvasError("no 2d context".into()))?;
    let (width, height) = scene.size.device();
    // Setting the size clears the canvas and throws its memory away, even when it is the same.
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    RASTER.with_borrow_mut(|raster| {
        let region = rasterize(scene, palette, raster);
        // The browser refuses an image without pixels.
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

/// Tells the widths of texts on an axis, and remembers them: the same few labels come again with each refresh.
#[derive(Debug)]
pub struct Ruler {
    context: Option<CanvasRenderingContext2d>,
    font: String,
    known: RefCell<Vec<(String, f64)>>,
}

/// More widths than this are not remembered: looking for one would take as long as measuring.
const MOST_KNOWN: usize = 200;

impl Ruler {
    /// Measures in a font family, at [`FONT_SIZE`]. Asks the canvas, which unlike the document need not be laid out for it.
    pub fn new(canvas: &HtmlCanvasElement, family: &str) -> Self {
        Self { context: context(canvas), font: font(FONT_SIZE, family), known: RefCell::default() }
    }

    /// How wide `text` is, CSS px. Zero where there is no 2d context.
    pub fn width(&self, text: &str) -> f64 {
        let mut known = self.known.borrow_mut();
        if let Some((_, width)) = known.iter().find(|(other, _)| other == text) {
            return *width;
        }
        let Some(context) = &self.context else { return 0.0 };
        // Painting and resizing change the font of the same context.
        context.set_font(&self.font);
        let width = context.measure_text(text).map_or(0.0, |metrics| metrics.width());
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.push((text.to_owned(), width));
        width
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
