//! A scene as pixels of our own: what plotters asks of a drawing backend, on [`raster::Raster`].
//!
//! A canvas strokes the path of each series anew, in time that grows with every overlap and every turn; here a line costs what it
//! covers. Texts are left to whoever shows the pixels: fonts are the browser's.

use crate::number::{float, whole};
use crate::paint::plotters::{SUBPIXELS, draw_shape};
use crate::scene::palette::{Palette, Rgb};
use crate::scene::{Fade, Point, Scene, Shape};
use plotters::prelude::DrawingBackend;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use raster::{Paint, Raster};
use std::convert::Infallible;

/// How far ticks and the halves of wide lines reach out of the plot, CSS px.
const OVERHANG: f64 = 5.0;

/// A part of a drawing, whole device px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The left edge.
    pub left: u32,
    /// The top edge.
    pub top: u32,
    /// From edge to edge.
    pub width: u32,
    /// From edge to edge.
    pub height: u32,
}

/// Draws all but the labels of `scene` on `raster`, which becomes the part of the drawing that is returned: there is nothing beside it.
pub fn rasterize(scene: &Scene, palette: &Palette, raster: &mut Raster) -> Region {
    let (width, height) = scene.size.device();
    let overhang = OVERHANG * scene.size.ratio;
    let pixel = |position: f64, most: u32| u32::try_from(whole(position)).unwrap_or(0).min(most);
    let (left, top) = (pixel((scene.plot.left - overhang).floor(), width), pixel((scene.plot.top - overhang).floor(), height));
    let (right, bottom) = (pixel((scene.plot.right + overhang).ceil(), width), pixel((scene.plot.bottom + overhang).ceil(), height));
    let region = Region { left, top, width: right.saturating_sub(left), height: bottom.saturating_sub(top) };
    let size = |pixels: u32| usize::try_from(pixels).unwrap_or(0);
    raster.reset(size(region.width), size(region.height));
    let mut backend = Backend { raster, region, points: Vec::new() };
    for shape in scene.grid.iter().chain(&scene.shapes) {
        if let Shape::Area { points, ink, opacity, fade: Some(fade) } = shape {
            backend.fade(points, paint(palette.color(*ink), *opacity), *fade);
            continue;
        }
        // It cannot fail: that is what its error says.
        let _: Drawn = draw_shape(shape, &mut backend, palette);
    }
    region
}

struct Backend<'a> {
    raster: &'a mut Raster,
    region: Region,
    /// The points of the last path, kept for their memory.
    points: Vec<Point>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

fn pixels(subpixels: impl Into<i64>) -> f64 {
    float(subpixels.into()) / f64::from(SUBPIXELS)
}

fn paint(Rgb(red, green, blue): Rgb, opacity: f64) -> Paint {
    Paint([red, green, blue, u8::try_from(whole(opacity * 255.0)).unwrap_or(u8::MAX)])
}

fn paint_of(color: BackendColor) -> Paint {
    let (red, green, blue) = color.rgb;
    paint(Rgb(red, green, blue), color.alpha)
}

impl Backend<'_> {
    fn place(&self, (x, y): BackendCoord) -> Point {
        Point { x: pixels(x) - f64::from(self.region.left), y: pixels(y) - f64::from(self.region.top) }
    }

    /// An area that fades, which plotters does not know.
    fn fade(&mut self, corners: &[Point], paint: Paint, fade: Fade) {
        let (left, top) = (f64::from(self.region.left), f64::from(self.region.top));
        self.points.clear();
        self.points.extend(corners.iter().map(|corner| Point { x: corner.x - left, y: corner.y - top }));
        self.raster.fading_area(&self.points, paint, Fade { clear: fade.clear - top, ..fade });
    }

    fn keep(&mut self, path: impl IntoIterator<Item = BackendCoord>) {
        let mut points = std::mem::take(&mut self.points);
        points.clear();
        points.extend(path.into_iter().map(|place| self.place(place)));
        self.points = points;
    }
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.region.width * SUBPIXELS, self.region.height * SUBPIXELS)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.raster.rectangle(self.place((x, y)), self.place((x + 1, y + 1)), paint_of(color));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        if fill {
            self.raster.rectangle(self.place(from), self.place(to), paint_of(style.color()));
            return Ok(());
        }
        self.draw_path([from, (to.0, from.1), to, (from.0, to.1), from], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.keep(path);
        self.raster.line(&self.points, pixels(style.stroke_width()), paint_of(style.color()));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        self.raster.disc(self.place(center), pixels(radius), paint_of(style.color()));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        self.keep(corners);
        self.raster.area(&self.points, paint_of(style.color()));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, _text: &str, _style: &S, _at: BackendCoord) -> Drawn {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ink, Rgb, Size, sparkline};

    #[test]
    fn the_pixels_are_those_of_the_plot() {
        let ink = Rgb(200, 100, 0);
        let palette = Palette { text: ink, grid: ink, series: vec![ink], tokens: Vec::new(), heat: [ink; 3], font: String::new() };
        let scene = sparkline(&[1.0, 1.0, f64::NAN, 1.0], Ink::Series(0), Size { width: 40.0, height: 21.0, ratio: 2.0 });
        let mut raster = Raster::default();
        let region = rasterize(&scene, &palette, &mut raster);
        assert_eq!(region, Region { left: 0, top: 0, width: 80, height: 42 });
        let at = |x: usize, y: usize| &raster.bytes()[4 * (y * 80 + x)..][..4];
        // A line of 3 px on the border of two rows.
        assert_eq!([at(5, 19), at(5, 20), at(5, 21), at(5, 22)].map(|pixel| pixel[3] / 16), [8, 15, 15, 9]);
        assert_eq!(at(5, 20), [200, 100, 0, 255]);
        assert_eq!(at(50, 20)[3], 0, "the gap");
        assert_eq!(at(79, 20)[3], 255, "the dot");
    }
}
