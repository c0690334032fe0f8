//! Draws a scene on any backend of plotters.
//!
//! The coordinates and widths of such backends are whole numbers, which turns gentle slopes into stairs. So this paints in fractions
//! of a device pixel, [`SUBPIXELS`] to each: an SVG has its view box.

use crate::number::whole;
use crate::scene::clip::flattened;
use crate::scene::palette::{Palette, Rgb};
use crate::scene::{Anchor, FONT_SIZE, Fade, Ink, Point, Rect, Scene, Shape};
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingErrorKind;

/// Units of the backend in a device pixel, along either axis.
pub const SUBPIXELS: u32 = 8;

/// Why a scene could not be drawn.
type PaintError<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// Draws `scene` and presents it. The backend is [`SUBPIXELS`] times as wide and high as the scene is in device pixels.
pub fn paint<DB: DrawingBackend>(scene: &Scene, mut backend: DB, palette: &Palette) -> Result<(), PaintError<DB>> {
    backend.ensure_prepared().map_err(DrawingAreaErrorKind::BackendError)?;
    for shape in scene.grid.iter().chain(&scene.shapes) {
        match shape {
            Shape::Area { points, ink, opacity, fade: Some(fade) } => {
                let slices = slices(points, *ink, *opacity, *fade, scene.plot);
                slices.iter().try_for_each(|slice| draw_shape(slice, &mut backend, palette))
            }
            shape => draw_shape(shape, &mut backend, palette),
        }
        .map_err(DrawingAreaErrorKind::BackendError)?;
    }
    draw_labels(scene, &mut backend, palette)?;
    backend.present().map_err(DrawingAreaErrorKind::BackendError)
}

/// How many even slices stand for a fading area: plotters knows no gradients. Our own pixels fade row by row.
const SLICES: u8 = 16;

fn slices(points: &[Point], ink: Ink, opacity: f64, fade: Fade, plot: Rect) -> Vec<Shape> {
    let height = plot.height() / f64::from(SLICES);
    let slice = |index: u8| {
        let top = plot.top + height * f64::from(index);
        let points = flattened(points, Rect { top, bottom: top + height, ..plot });
        Shape::Area { points, ink, opacity: opacity * fade.share(top + height / 2.0), fade: None }
    };
    (0..SLICES).map(slice).collect()
}

/// Draws a shape, an area without its fading.
fn draw_shape<DB: DrawingBackend>(shape: &Shape, backend: &mut DB, palette: &Palette) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
    let style = |ink, opacity, width| ShapeStyle { color: rgba(palette.color(ink), opacity), filled: true, stroke_width: length(width) };
    match shape {
        Shape::Line { points, ink, width } => backend.draw_path(points.iter().map(place), &style(*ink, 1.0, *width)),
        Shape::Area { points, ink, opacity, .. } => backend.fill_polygon(points.iter().map(place), &style(*ink, *opacity, 0.0)),
        Shape::Block { corners: [from, to], ink } => backend.draw_rect(place(from), place(to), &style(*ink, 1.0, 0.0), true),
        Shape::Dot { center, radius, ink } => backend.draw_circle(place(center), length(*radius), &style(*ink, 1.0, 0.0), true),
    }
}

fn draw_labels<DB: DrawingBackend>(scene: &Scene, backend: &mut DB, palette: &Palette) -> Result<(), PaintError<DB>> {
    let size = FONT_SIZE * scene.size.ratio * f64::from(SUBPIXELS);
    let font = FontDesc::new(FontFamily::Name(&palette.font), size, FontStyle::Normal);
    let mut style = TextStyle { font, color: rgba(palette.text, 1.0).to_backend_color(), pos: Pos::default() };
    for label in &scene.labels {
        style.color = rgba(palette.text_on(label.on), 1.0).to_backend_color();
        style.pos = match label.anchor {
            Anchor::Right => Pos::new(HPos::Right, VPos::Center),
            Anchor::Left => Pos::new(HPos::Left, VPos::Center),
            Anchor::Middle => Pos::new(HPos::Center, VPos::Center),
            Anchor::Top => Pos::new(HPos::Center, VPos::Top),
        };
        backend.draw_text(&label.text, &style, place(&label.at)).map_err(DrawingAreaErrorKind::BackendError)?;
    }
    Ok(())
}

fn rgba(Rgb(red, green, blue): Rgb, opacity: f64) -> RGBAColor {
    RGBColor(red, green, blue).mix(opacity)
}

fn subpixels(pixels: f64) -> i64 {
    whole(pixels * f64::from(SUBPIXELS))
}

fn length(pixels: f64) -> u32 {
    u32::try_from(subpixels(pixels)).unwrap_or(0)
}

fn place(point: &Point) -> (i32, i32) {
    let coordinate = |pixels| i32::try_from(subpixels(pixels)).unwrap_or(0);
    (coordinate(point.x), coordinate(point.y))
}
