//! Charts of rows of boxes that can be pointed at: the layout, and the conversion between places and boxes.

use crate::kinds::wheel::PieGeometry;
use crate::scene::{Point, Rect, Scene};
use std::sync::Arc;

/// A chart after layout, and its boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// What to draw.
    pub scene: Arc<Scene>,
    /// The boxes, device px: row by row from top to bottom, and from left to right in each row.
    pub rows: Vec<Vec<Rect>>,
    /// The slices of a pie. Each of them is a box of the only row.
    pub wheel: Option<PieGeometry>,
}

/// One box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The index of its row.
    pub row: usize,
    /// Its index in the row.
    pub cell: usize,
}

/// A direction of movement from box to box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the previous box.
    Left,
    /// To the next box.
    Right,
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the first box of the row.
    First,
    /// To the last box of the row.
    Last,
}

/// A place at most this far from a box still belongs to it, CSS px, so that small gaps between boxes are covered.
const NEAR: f64 = 4.0;

impl Cells {
    /// The box at a place, CSS px.
    pub fn find(&self, x: f64, y: f64) -> Option<Spot> {
        let (x, y) = (x * self.scene.size.ratio, y * self.scene.size.ratio);
        if let Some(wheel) = &self.wheel {
            return wheel.find(Point { x, y }).map(|cell| Spot { row: 0, cell });
        }
        let row = self.rows.iter().position(|row| row.first().is_some_and(|first| y < first.bottom))?;
        let cell = nearest(self.rows.get(row)?, x)?;
        let Rect { left, right, top, .. } = *self.rows.get(row)?.get(cell)?;
        let near = NEAR * self.scene.size.ratio;
        ((left - near..=right + near).contains(&x) && y >= top - near).then_some(Spot { row, cell })
    }

    /// The next box from `spot`; without a `spot` the first or the last box of the first row.
    pub fn walk(&self, spot: Option<Spot>, way: Direction) -> Option<Spot> {
        let filled = |row: usize| self.rows.get(row).filter(|row| !row.is_empty());
        let Some(Spot { row, cell }) = spot else {
            let row = (0..self.rows.len()).find(|row| filled(*row).is_some())?;
            let from_right = matches!(way, Direction::Left | Direction::Up | Direction::Last);
            return Some(Spot { row, cell: if from_right { filled(row)?.len() - 1 } else { 0 } });
        };
        let last = self.rows.get(row)?.len().checked_sub(1)?;
        let beside = |row: usize| {
            let from = self.rows.get(spot?.row)?.get(cell)?;
            Some(Spot { row, cell: nearest(self.rows.get(row)?, f64::midpoint(from.left, from.right))? })
        };
        match way {
            Direction::Left => Some(Spot { row, cell: cell.saturating_sub(1) }),
            Direction::Right => Some(Spot { row, cell: (cell + 1).min(last) }),
            Direction::First => Some(Spot { row, cell: 0 }),
            Direction::Last => Some(Spot { row, cell: last }),
            Direction::Up => (0..row).rev().find_map(beside).or(spot),
            Direction::Down => (row + 1..self.rows.len()).find_map(beside).or(spot),
        }
    }

    /// Where a box is, CSS px.
    pub fn place(&self, spot: Spot) -> Option<Rect> {
        let Rect { left, top, right, bottom } = *self.rows.get(spot.row)?.get(spot.cell)?;
        let ratio = self.scene.size.ratio;
        Some(Rect { left: left / ratio, top: top / ratio, right: right / ratio, bottom: bottom / ratio })
    }
}

/// The box of a row that is nearest to `x`.
fn nearest(row: &[Rect], x: f64) -> Option<usize> {
    let after = row.partition_point(|cell| cell.right < x).min(row.len().checked_sub(1)?);
    let before = after.saturating_sub(1);
    let distance = |cell: &Rect| (cell.left - x).max(x - cell.right);
    let closer = distance(row.get(before)?) < distance(row.get(after)?);
    // If two boxes touch at `x`, the second one.
    Some(if closer { before } else { after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Size;
    use model::time::Window;

    fn cells() -> Cells {
        let rect = |left, right, top| Rect { left, right, top, bottom: top + 20.0 };
        let size = Size { width: 100.0, height: 100.0, ratio: 2.0 };
        let scene = Scene::empty(size, Rect::default(), Window { start: 0, end: 1 });
        let rows = vec![vec![rect(0.0, 60.0, 0.0), rect(80.0, 200.0, 0.0)], Vec::new(), vec![rect(40.0, 100.0, 60.0)]];
        Cells { scene: scene.into(), rows, wheel: None }
    }

    #[test]
    fn a_place_finds_its_box_and_a_place_between_boxes_finds_none() {
        let spot = |row, cell| Some(Spot { row, cell });
        let cells = cells();
        let found = [(10.0, 5.0), (31.0, 5.0), (35.0, 5.0), (39.0, 5.0), (99.0, 1.0), (10.0, 35.0), (21.0, 35.0), (21.0, 60.0)];
        let found = found.map(|(x, y)| cells.find(x, y));
        assert_eq!(found, [spot(0, 0), spot(0, 0), None, spot(0, 1), spot(0, 1), None, spot(2, 0), None]);
        assert_eq!(cells.place(Spot { row: 2, cell: 0 }), Some(Rect { left: 20.0, top: 30.0, right: 50.0, bottom: 40.0 }));
    }

    #[test]
    fn keys_move_from_box_to_box_and_stop_at_the_ends() {
        let cells = cells();
        let spot = |row, cell| Spot { row, cell };
        let walk = |from: Option<Spot>, way| cells.walk(from, way).unwrap();
        assert_eq!((walk(None, Direction::Left), walk(None, Direction::First)), (spot(0, 1), spot(0, 0)));
        assert_eq!(walk(Some(spot(0, 1)), Direction::Right), spot(0, 1));
        assert_eq!(walk(Some(spot(0, 1)), Direction::Left), spot(0, 0));
        assert_eq!(walk(Some(spot(0, 1)), Direction::First), spot(0, 0));
        assert_eq!(walk(Some(spot(0, 1)), Direction::Down), spot(2, 0), "an empty row is skipped");
        assert_eq!(walk(Some(spot(2, 0)), Direction::Down), spot(2, 0));
        assert_eq!(walk(Some(spot(2, 0)), Direction::Up), spot(0, 1), "the nearest box of that row");
    }
}
