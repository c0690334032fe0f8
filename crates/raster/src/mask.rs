//! How much of each pixel lies inside of closed outlines: exactly, from their edges alone.
//!
//! Each edge adds, to every pixel below it, the area of that pixel that is below it: positive if the edge runs to the right, negative if
//! to the left. Round a closed outline that sums up to the area inside. Fonts are drawn like that, row by row; here it is column by
//! column, since the line of a chart crosses each column in few places.
//!
//! In a column the sum grows linearly with the row as long as an edge is inside it, so that the second differences of the sum are zero
//! but for three rows at each end of the edge. Only those are stored: the tall strokes of noise cost no more than flat ones until they are
//! swept. Whole numbers make the differences cancel out exactly, however long the column is.

use crate::Point;
use crate::pixels::{Paint, lay};

/// A wholly covered pixel is 2^22: fine enough for 4,000 rows, and room for 500 layers of the same outline.
const SHIFT: u32 = 22;
const ONE: f64 = (1 << SHIFT) as f64;
/// Rows that the end of an edge reaches into.
const REACH: usize = 3;
/// An edge that rises or falls by less than this in a column is taken for level there: its rows per column cannot be divided by.
const LEVEL: f64 = 1.0 / 64.0;

/// Edges, until they are swept into coverage.
#[derive(Debug, Default)]
pub struct Mask {
    width: usize,
    height: usize,
    /// The length of a column.
    stride: usize,
    /// Second differences of the coverage, column by column, with one column more than there are pixels: an edge may end on the border.
    cells: Vec<i32>,
    /// The rows that have been touched in each column, from and to; none if they are the wrong way round.
    touched: Vec<(usize, usize)>,
    /// The columns that may have been touched, from and to.
    columns: (usize, usize),
    /// Whether edges go into the second layer. It comes behind the first in `cells` and `touched`, once it is needed.
    second: bool,
}

const UNTOUCHED: (usize, usize) = (usize::MAX, 0);

impl Mask {
    /// Sets the size; all edges are forgotten.
    pub fn resize(&mut self, width: usize, height: usize) {
        if (width, height) != (self.width, self.height) {
            (self.width, self.height, self.stride) = (width, height, height + REACH);
            let layer = (width + 1) * self.stride;
            self.cells.clear();
            // The second layer may be needed at any time: memory that grows now grows no more.
            self.cells.reserve_exact(2 * layer);
            self.cells.resize(layer, 0);
            self.touched.clear();
            self.touched.resize(width + 1, UNTOUCHED);
            self.columns = UNTOUCHED;
        }
        self.second = false;
    }

    /// Lets further edges go into the other of two layers. What both cover is not counted twice: of two layers the greater coverage
    /// counts.
    pub fn turn_over(&mut self) {
        self.second = !self.second;
        if self.touched.len() == self.width + 1 {
            self.cells.resize(2 * self.cells.len(), 0);
            self.touched.resize(2 * self.touched.len(), UNTOUCHED);
        }
    }

    /// The column of `cells` and `touched` in the layer that edges go to.
    #[inline]
    fn layered(&self, column: usize) -> usize {
        if self.second { column + self.width + 1 } else { column }
    }

    /// Adds an edge of an outline. What is outside of the mask is cut off.
    #[inline(never)]
    pub fn edge(&mut self, from: Point, to: Point) {
        let (sign, mut a, mut b) = if from.x < to.x { (1, from, to) } else { (-1, to, from) };
        let (right, bottom) = (self.width as f64, self.height as f64);
        if !(a.x < b.x && b.x > 0.0 && a.x < right) {
            return;
        }
        let slope = (b.y - a.y) / (b.x - a.x);
        if a.x < 0.0 {
            a = Point { x: 0.0, y: a.y - a.x * slope };
        }
        if b.x > right {
            b = Point { x: right, y: b.y + (right - b.x) * slope };
        }
        if a.y.min(b.y) >= 0.0 && a.y.max(b.y) <= bottom {
            return self.inside(sign, a, b, slope);
        }
        // Above the mask an edge covers all of its columns, and below it nothing: as level ones on the borders do.
        let held = |point: Point| Point { x: point.x, y: point.y.max(0.0).min(bottom) };
        let mut last = a;
        for border in if slope > 0.0 { [0.0, bottom] } else { [bottom, 0.0] } {
            if a.y.min(b.y) < border && border < a.y.max(b.y) {
                let turn = Point { x: (a.x + (border - a.y) / slope).max(last.x).min(b.x), y: border };
                self.held(sign, held(last), turn);
                last = turn;
            }
        }
        self.held(sign, held(last), held(b));
    }

    /// A part of an edge that has been moved inside.
    fn held(&mut self, sign: i32, a: Point, b: Point) {
        if a.x < b.x {
            self.inside(sign, a, b, (b.y - a.y) / (b.x - a.x));
        }
    }

    /// An edge that is all inside and runs to the right.
    fn inside(&mut self, sign: i32, a: Point, b: Point, slope: f64) {
        let (first, last) = (a.x as usize, b.x as usize);
        self.columns = (self.columns.0.min(first), self.columns.1.max(last + 1));
        let steep = slope.abs() > LEVEL;
        let per_row = 1.0 / slope;
        let rate = if steep { fixed(per_row) * sign } else { 0 };
        let (mut x, mut y) = (a.x, a.y);
        for column in first..=last {
            let (end_x, end_y) = if column == last {
                (b.x, b.y)
            } else {
                let border = (column + 1) as f64;
                (border, a.y + (border - a.x) * slope)
            };
            let here = self.layered(column);
            let rows = if steep {
                let begin = self.bend(here, y, per_row, rate, sign);
                let end = self.bend(here, end_y, per_row, rate.wrapping_neg(), -sign);
                (begin.min(end), begin.max(end) + REACH)
            } else {
                self.level(here, f64::midpoint(y, end_y), fixed(end_x - x) * sign)
            };
            let touched = &mut self.touched[here];
            *touched = (touched.0.min(rows.0), touched.1.max(rows.1));
            (x, y) = (end_x, end_y);
        }
    }

    /// From `y` on coverage grows by `rate`, which is `sign * per_row` as a whole number, a row. Returns the row.
    #[inline]
    fn bend(&mut self, column: usize, y: f64, per_row: f64, rate: i32, sign: i32) -> usize {
        let row = y as usize;
        let above = y - row as f64;
        let below = 1.0 - above;
        let half = per_row * 0.5;
        let (first, third) = (fixed(half * below * below) * sign, fixed(half * above * above) * sign);
        let at = column * self.stride + row;
        let cells = &mut self.cells[at..at + REACH];
        cells[0] = cells[0].wrapping_add(first);
        cells[1] = cells[1].wrapping_add(rate.wrapping_sub(first).wrapping_sub(third));
        cells[2] = cells[2].wrapping_add(third);
        row
    }

    /// Everything below `y` is covered by `all`. Returns the rows.
    #[inline]
    fn level(&mut self, column: usize, y: f64, all: i32) -> (usize, usize) {
        let row = y as usize;
        let below = f64::from(all) * (1.0 - (y - row as f64));
        let first = below as i32;
        let second = all.wrapping_sub(first);
        let at = column * self.stride + row;
        let cells = &mut self.cells[at..at + REACH];
        cells[0] = cells[0].wrapping_add(first);
        cells[1] = cells[1].wrapping_add(second.wrapping_sub(first));
        cells[2] = cells[2].wrapping_sub(second);
        (row, row + REACH)
    }

    /// Lays the `paint` of its row over each pixel left of column `before` that edges cover, and forgets those columns' edges. The pixels
    /// are row by row.
    #[inline(never)]
    pub fn sweep(&mut self, before: usize, pixels: &mut [[u8; 4]], paint: impl Fn(usize) -> Paint) {
        let end = before.min(self.columns.1);
        for column in self.columns.0..end {
            self.merge(column);
            let (from, to) = std::mem::replace(&mut self.touched[column], UNTOUCHED);
            if from >= to {
                continue;
            }
            let start = column * self.stride;
            let mut sum = Sum::default();
            for (row, cell) in (from..to).zip(&mut self.cells[start + from..start + to]) {
                let coverage = (sum.next(cell) + HALF) >> (SHIFT - 8);
                if coverage > 0 && row < self.height && column < self.width {
                    lay(&mut pixels[row * self.width + column], paint(row), coverage);
                }
            }
        }
        self.columns = if end < self.columns.1 { (self.columns.0.max(end), self.columns.1) } else { UNTOUCHED };
    }

    /// Replaces both layers of a column by the greater coverage of the two, in the first.
    fn merge(&mut self, column: usize) {
        let other = column + self.width + 1;
        let Some(touched) = self.touched.get_mut(other) else { return };
        let (from, to) = std::mem::replace(touched, UNTOUCHED);
        if from >= to {
            return;
        }
        let rows = from.min(self.touched[column].0)..self.stride.min(to.max(self.touched[column].1) + 2);
        self.touched[column] = (rows.start, rows.end);
        let (first, second) = self.cells.split_at_mut(other * self.stride);
        let first = &mut first[column * self.stride..];
        let (mut one, mut two) = (Sum::default(), Sum::default());
        let (mut before, mut rate) = (0_i32, 0_i32);
        for row in rows {
            let covered = one.next(&mut first[row]).max(two.next(&mut second[row])) as i32;
            first[row] = (covered - before) - rate;
            (rate, before) = (covered - before, covered);
        }
    }
}

/// Adds differences up.
#[derive(Default)]
struct Sum {
    rate: i32,
    covered: i32,
}

impl Sum {
    /// The coverage of the next row, up to `ONE`. Its difference is forgotten.
    #[inline]
    fn next(&mut self, cell: &mut i32) -> u32 {
        self.rate = self.rate.wrapping_add(std::mem::take(cell));
        self.covered = self.covered.wrapping_add(self.rate);
        self.covered.unsigned_abs().min(1 << SHIFT)
    }
}

/// Rounds to the nearest of 256 steps.
const HALF: u32 = 1 << (SHIFT - 9);

/// A share of a pixel as a whole number: adding 1.5 * 2^52 leaves it, rounded, in the lowest bits. Several times as fast as `as`.
#[inline]
fn fixed(share: f64) -> i32 {
    (share * ONE + 6_755_399_441_055_744.0).to_bits() as i32
}
