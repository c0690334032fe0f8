//! Rasterizes a scene with our own code, on [`raster::Raster`].
//!
//! Stroking a path on a canvas gets slower with every overlap and every turn of the path. Here the cost of a line is the area that it
//! covers. Labels are not drawn: the browser draws text.

use crate::number::whole;
use crate::scene::palette::{Palette, Rgb};
use crate::scene::{Fade, Ink, Point, Scene, Shape};
use raster::{Paint, Raster};

/// How far ticks and wide lines extend beyond the plot, CSS px.
const OVERHANG: f64 = 5.0;

/// A part of a drawing, whole device px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The left edge.
    pub left: u32,
    /// The top edge.
    pub top: u32,
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

/// Draws everything except the labels of `scene` on `raster`, which is resized to the returned region. Nothing is outside that region.
pub fn rasterize(scene: &Scene, palette: &Palette, raster: &mut Raster) -> Region {
    let (width, height) = scene.size.device();
    let overhang = OVERHANG * scene.size.ratio;
    let pixel = |position: f64, most: u32| u32::try_from(whole(position)).unwrap_or(0).min(most);
    let (left, top) = (pixel((scene.plot.left - overhang).floor(), width), pixel((scene.plot.top - overhang).floor(), height));
    let (right, bottom) = (pixel((scene.plot.right + overhang).ceil(), width), pixel((scene.plot.bottom + overhang).ceil(), height));
    let region = Region { left, top, width: right.saturating_sub(left), height: bottom.saturating_sub(top) };
    let size = |pixels: u32| usize::try_from(pixels).unwrap_or(0);
    raster.reset(size(region.width), size(region.height));
    let mut drawing = Drawing { raster, palette, corner: Point { x: f64::from(left), y: f64::from(top) }, points: Vec::new() };
    for shape in scene.grid.iter().chain(&scene.shapes) {
        drawing.draw(shape);
    }
    region
}

struct Drawing<'a> {
    raster: &'a mut Raster,
    palette: &'a Palette,
    /// The position of the raster's top left corner in the scene.
    corner: Point,
    /// The points of the last path. Its memory is reused.
    points: Vec<Point>,
}

impl Drawing<'_> {
    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Line { points, ink, width } => {
                self.move_here(points);
                self.raster.line(&self.points, *width, self.paint(*ink, 1.0));
            }
            Shape::Area { points, ink, opacity, fade } => {
                self.move_here(points);
                let paint = self.paint(*ink, *opacity);
                match fade {
                    Some(fade) => self.raster.fading_area(&self.points, paint, Fade { clear: fade.clear - self.corner.y, ..*fade }),
                    None => self.raster.area(&self.points, paint),
                }
            }
            Shape::Block { corners: [from, to], ink } => self.raster.rectangle(self.place(from), self.place(to), self.paint(*ink, 1.0)),
            Shape::Dot { center, radius, ink } => self.raster.disc(self.place(center), *radius, self.paint(*ink, 1.0)),
        }
    }

    /// Converts a point of the scene to a point on the raster.
    fn place(&self, point: &Point) -> Point {
        Point { x: point.x - self.corner.x, y: point.y - self.corner.y }
    }

    /// Converts a path of the scene to `self.points`.
    fn move_here(&mut self, path: &[Point]) {
        let mut points = std::mem::take(&mut self.points);
        points.clear();
        points.extend(path.iter().map(|point| self.place(point)));
        self.points = points;
    }

    fn paint(&self, ink: Ink, opacity: f64) -> Paint {
        let Rgb(red, green, blue) = self.palette.color(ink);
        Paint([red, green, blue, u8::try_from(whole(opacity * 255.0)).unwrap_or(u8::MAX)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ink, Rgb, Size, sparkline};

    #[test]
    fn the_region_has_the_pixels_of_the_plot() {
        let ink = Rgb(200, 100, 0);
        let palette = Palette { text: ink, grid: ink, series: vec![ink], tokens: Vec::new(), heat: [ink; 3], font: String::new() };
        let scene = sparkline(&[1.0, 1.0, f64::NAN, 1.0], Ink::Series(0), Size { width: 40.0, height: 21.0, ratio: 2.0 });
        let mut raster = Raster::default();
        let region = rasterize(&scene, &palette, &mut raster);
        assert_eq!(region, Region { left: 0, top: 0, width: 80, height: 42 });
        let at = |x: usize, y: usize| &raster.bytes()[4 * (y * 80 + x)..][..4];
        // The line is 3 px wide, and its centre is between two rows.
        assert_eq!([at(5, 19), at(5, 20), at(5, 21), at(5, 22)].map(|pixel| pixel[3] / 16), [8, 15, 15, 9]);
        assert_eq!(at(5, 20), [200, 100, 0, 255]);
        assert_eq!(at(50, 20)[3], 0, "the gap");
        assert_eq!(at(79, 20)[3], 255, "the dot");
    }
}
