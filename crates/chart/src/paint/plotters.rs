//! Draws a scene on any backend of plotters.
//!
//! The coordinates and widths of these backends are integers, which turns gentle slopes into stairs. So this draws in fractions of a
//! device pixel, [`SUBPIXELS`] to each: an SVG has a view box for this, a canvas a scale.

use crate::number::whole;
use crate::scene::clip::flattened;
use crate::scene::palette::{Palette, Rgb};
use crate::scene::{Anchor, FONT_SIZE, Fade, Ink, Point, Rect, Scene, Shape};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontFamily, FontStyle, FontTransform,
};

/// Units of the backend per device pixel, along each axis.
pub const SUBPIXELS: u32 = 8;

/// Draws `scene` and presents it. The backend must be [`SUBPIXELS`] times as wide and high as the scene in device pixels.
pub fn paint<DB: DrawingBackend>(scene: &Scene, mut backend: DB, palette: &Palette) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
    Painter { backend: &mut backend, palette, origin: Point { x: 0.0, y: 0.0 }, text_scale: 1.0 }.scene(scene)?;
    backend.present()
}

/// A text with its style and place.
pub(super) struct Writing<'a> {
    pub text: &'a str,
    pub at: Point,
    pub anchor: Anchor,
    pub color: Rgb,
    /// The font size, device px.
    pub size: f64,
    pub is_bold: bool,
}

/// Draws in device pixels on a backend with [`SUBPIXELS`] to each.
pub(super) struct Painter<'a, DB> {
    pub backend: &'a mut DB,
    pub palette: &'a Palette,
    /// The position of the drawing's top left corner.
    pub origin: Point,
    /// A factor for font sizes, to undo the scaling of the backend.
    pub text_scale: f64,
}

/// The result of drawing.
type Painted<DB> = Result<(), DrawingErrorKind<<DB as DrawingBackend>::ErrorType>>;

impl<DB: DrawingBackend> Painter<'_, DB> {
    /// Draws all of `scene`.
    pub fn scene(&mut self, scene: &Scene) -> Painted<DB> {
        for shape in scene.grid.iter().chain(&scene.shapes) {
            match shape {
                Shape::Area { points, ink, opacity, fade: Some(fade) } => {
                    layers(points, *ink, *opacity, *fade, scene.plot).iter().try_for_each(|layer| self.shape(layer))?;
                }
                shape => self.shape(shape)?,
            }
        }
        for label in &scene.labels {
            let color = self.palette.text_on(label.on);
            let size = FONT_SIZE * scene.size.ratio;
            self.write(&Writing { text: &label.text, at: label.at, anchor: label.anchor, color, size, is_bold: false })?;
        }
        Ok(())
    }

    /// Draws a shape. Ignores the fade of an area.
    fn shape(&mut self, shape: &Shape) -> Painted<DB> {
        match shape {
            Shape::Line { points, ink, width } => {
                let (path, style) = (self.path(points), self.style(*ink, 1.0, *width));
                self.backend.draw_path(path, &style)
            }
            Shape::Area { points, ink, opacity, .. } => {
                let (path, style) = (self.path(points), self.style(*ink, *opacity, 0.0));
                self.backend.fill_polygon(path, &style)
            }
            Shape::Block { corners: [from, to], ink } => self.block(*from, *to, self.palette.color(*ink)),
            Shape::Dot { center, radius, ink } => {
                let (center, style) = (self.place(center), self.style(*ink, 1.0, 0.0));
                self.backend.draw_circle(center, length(*radius), &style, true)
            }
        }
    }

    /// Fills a rectangle.
    pub fn block(&mut self, from: Point, to: Point, color: Rgb) -> Painted<DB> {
        let (from, to) = (self.place(&from), self.place(&to));
        self.backend.draw_rect(from, to, &Style { color: rgba(color, 1.0), width: 0 }, true)
    }

    /// Writes a text.
    pub fn write(&mut self, writing: &Writing<'_>) -> Painted<DB> {
        let anchor = match writing.anchor {
            Anchor::Right => Pos::new(HPos::Right, VPos::Center),
            Anchor::Left => Pos::new(HPos::Left, VPos::Center),
            Anchor::Middle => Pos::new(HPos::Center, VPos::Center),
            Anchor::Top => Pos::new(HPos::Center, VPos::Top),
        };
        let style = Font {
            family: &self.palette.font,
            size: writing.size * self.text_scale * f64::from(SUBPIXELS),
            color: rgba(writing.color, 1.0),
            style: if writing.is_bold { FontStyle::Bold } else { FontStyle::Normal },
            anchor,
        };
        let at = self.place(&writing.at);
        self.backend.draw_text(&xml_text(writing.text), &style, at)
    }

    fn style(&self, ink: Ink, opacity: f64, width: f64) -> Style {
        Style { color: rgba(self.palette.color(ink), opacity), width: length(width) }
    }

    fn path(&self, points: &[Point]) -> Vec<(i32, i32)> {
        points.iter().map(|point| self.place(point)).collect()
    }

    fn place(&self, point: &Point) -> (i32, i32) {
        let coordinate = |pixels| i32::try_from(subpixels(pixels)).unwrap_or(0);
        (coordinate(point.x + self.origin.x), coordinate(point.y + self.origin.y))
    }
}

/// How many layers of even opacity replace a fading area, since plotters has no gradients.
const LAYERS: u8 = 16;

/// Splits a fading area into layers that are drawn over each other, each of which starts further from the base. Layers side by side would
/// have visible seams.
fn layers(points: &[Point], ink: Ink, opacity: f64, fade: Fade, plot: Rect) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let reached = |layer: u8| opacity * f64::from(layer) / f64::from(LAYERS);
    for layer in 1..=LAYERS {
        // The opacity that this layer adds, so that all layers up to it together have the wanted one.
        let opacity = 1.0 - (1.0 - reached(layer)) / (1.0 - reached(layer - 1));
        let distance = fade.reach * (f64::from(layer) - 0.5) / f64::from(LAYERS);
        let above = Rect { bottom: (fade.clear - distance).clamp(plot.top, plot.bottom), ..plot };
        let below = Rect { top: (fade.clear + distance).clamp(plot.top, plot.bottom), ..plot };
        for part in [above, below] {
            let points = flattened(points, part);
            let is_flat = points.windows(2).all(|pair| matches!(pair, [one, other] if (one.y - other.y).abs() < f64::EPSILON));
            if !is_flat {
                shapes.push(Shape::Area { points, ink, opacity, fade: None });
            }
        }
    }
    shapes
}

/// `text` without the characters that are not allowed in XML even if they are escaped.
fn xml_text(text: &str) -> String {
    let is_refused =
        |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') || matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|letter| if is_refused(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}

fn rgba(Rgb(red, green, blue): Rgb, opacity: f64) -> BackendColor {
    BackendColor { alpha: opacity, rgb: (red, green, blue) }
}

/// The style of a shape.
struct Style {
    color: BackendColor,
    width: u32,
}

impl BackendStyle for Style {
    fn color(&self) -> BackendColor {
        self.color
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// The style of a text.
struct Font<'a> {
    family: &'a str,
    size: f64,
    color: BackendColor,
    style: FontStyle,
    anchor: Pos,
}

impl BackendTextStyle for Font<'_> {
    type FontError = std::convert::Infallible;

    fn color(&self) -> BackendColor {
        self.color
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn style(&self) -> FontStyle {
        self.style
    }

    fn anchor(&self) -> Pos {
        self.anchor
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(self.family)
    }

    fn transform(&self) -> FontTransform {
        FontTransform::None
    }

    /// Not needed: texts have been measured before.
    fn layout_box(&self, _text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        Ok(((0, 0), (0, 0)))
    }

    /// Only backends that draw pixels call this.
    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _pos: BackendCoord,
        _draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        Ok(Ok(()))
    }
}

fn subpixels(pixels: f64) -> i64 {
    whole(pixels * f64::from(SUBPIXELS))
}

fn length(pixels: f64) -> u32 {
    u32::try_from(subpixels(pixels)).unwrap_or(0)
}
