//! An image, and the shapes that can be drawn on it.

use crate::mask::Mask;
use crate::pixels::{Paint, blend};
use crate::{Point, stroke};

/// A vertical gradient of a paint's opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fade {
    /// The y at which the paint is fully transparent, px.
    pub clear: f64,
    /// The distance from `clear`, up or down, at which the paint has its full opacity: above zero, px.
    pub reach: f64,
}

impl Fade {
    /// The share of the opacity at `y`, 0 to 1.
    pub fn share(self, y: f64) -> f64 {
        ((y - self.clear).abs() / self.reach).min(1.0)
    }
}

/// An image that shapes are drawn on, clipped to its size. Coordinates must be finite.
#[derive(Debug, Default)]
pub struct Raster {
    width: usize,
    height: usize,
    /// Red, green, blue and straight alpha, row by row.
    pixels: Vec<[u8; 4]>,
    mask: Mask,
}

impl Raster {
    /// Sets the size, px, and clears the image. Keeps its memory.
    pub fn reset(&mut self, width: usize, height: usize) {
        (self.width, self.height) = (width, height);
        self.pixels.clear();
        self.pixels.resize(width * height, [0; 4]);
        self.mask.resize(width, height);
    }

    /// All pixels row by row, four bytes each: red, green, blue, alpha.
    pub fn bytes(&self) -> &[u8] {
        self.pixels.as_flattened()
    }

    /// Draws a line through `points`, with round joins and butt caps.
    pub fn line(&mut self, points: &[Point], width: f64, paint: Paint) {
        if let [a, b] = *points {
            let half = width / 2.0;
            #[expect(clippy::float_cmp, reason = "grid lines are level or upright to the last bit; what is not is drawn as any line")]
            let (level, upright) = (a.y == b.y, a.x == b.x);
            if level {
                return self.rectangle(Point { x: a.x.min(b.x), y: a.y - half }, Point { x: a.x.max(b.x), y: a.y + half }, paint);
            }
            if upright {
                return self.rectangle(Point { x: a.x - half, y: a.y.min(b.y) }, Point { x: a.x + half, y: a.y.max(b.y) }, paint);
            }
        }
        let Self { pixels, mask, .. } = self;
        let only_right = points.is_sorted_by(|a, b| a.x <= b.x);
        let mut swept = 0.0;
        stroke::outline(points, width / 2.0, mask, |mask, x| {
            // Cells that were just written are still in the CPU's cache.
            if only_right && x > swept + SWEPT_AT_ONCE {
                swept = x;
                mask.sweep(x as usize, pixels, even(paint));
            }
        });
        mask.sweep(usize::MAX, pixels, even(paint));
    }

    /// Fills an outline. Its corners may be in either direction.
    pub fn area(&mut self, corners: &[Point], paint: Paint) {
        self.outline(corners);
        self.mask.sweep(usize::MAX, &mut self.pixels, even(paint));
    }

    /// Fills an outline with a paint that fades.
    pub fn fading_area(&mut self, corners: &[Point], paint: Paint, fade: Fade) {
        self.outline(corners);
        let Paint([red, green, blue, alpha]) = paint;
        self.mask.sweep(usize::MAX, &mut self.pixels, |row| {
            Paint([red, green, blue, (f64::from(alpha) * fade.share(row as f64 + 0.5) + 0.5) as u8])
        });
    }

    fn outline(&mut self, corners: &[Point]) {
        let next = corners.iter().cycle().skip(1);
        for (from, to) in corners.iter().zip(next) {
            self.mask.edge(*from, *to);
        }
    }

    /// Fills a rectangle whose sides are parallel to the axes.
    pub fn rectangle(&mut self, top_left: Point, bottom_right: Point, paint: Paint) {
        let (columns, rows) = (span(top_left.x, bottom_right.x, self.width), span(top_left.y, bottom_right.y, self.height));
        for row in rows {
            let height = share(top_left.y, bottom_right.y, row);
            for column in columns.clone() {
                self.dab(column, row, height * share(top_left.x, bottom_right.x, column), paint);
            }
        }
    }

    /// Draws a filled circle.
    pub fn disc(&mut self, center: Point, radius: f64, paint: Paint) {
        let columns = span(center.x - radius - 1.0, center.x + radius + 1.0, self.width);
        for row in span(center.y - radius - 1.0, center.y + radius + 1.0, self.height) {
            for column in columns.clone() {
                let (x, y) = (column as f64 + 0.5 - center.x, row as f64 + 0.5 - center.y);
                // Within a pixel the border is nearly straight.
                let covered = (radius + 0.5 - (x * x + y * y).sqrt()).clamp(0.0, 1.0);
                self.dab(column, row, covered, paint);
            }
        }
    }

    /// Blends `paint` over a share of a pixel.
    #[inline(never)]
    fn dab(&mut self, column: usize, row: usize, share: f64, paint: Paint) {
        blend(&mut self.pixels[row * self.width + column], paint, (share * 256.0 + 0.5) as u32);
    }
}

/// The same paint for all rows. It is one closure for all callers, so that `sweep` is compiled only once for it.
fn even(paint: Paint) -> impl Fn(usize) -> Paint {
    move |_| paint
}

/// The number of columns that are swept at once.
const SWEPT_AT_ONCE: f64 = 16.0;

/// The pixels from 0 to `length` that the interval touches.
fn span(from: f64, to: f64, length: usize) -> std::ops::Range<usize> {
    let (from, to) = (from.max(0.0) as usize, (to.ceil().max(0.0) as usize).min(length));
    from.min(to)..to
}

/// How much of a pixel the interval covers, 0 to 1.
fn share(from: f64, to: f64, pixel: usize) -> f64 {
    let pixel = pixel as f64;
    (to.min(pixel + 1.0) - from.max(pixel)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests;
