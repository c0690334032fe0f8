//! Lines upon each other, on a grid that they share.

use super::runs::is_drawable;
use super::spec::Line;
use crate::model::series::Grid;

/// A stacked line: it fills the room between `base` and `top`. Both are NaN where the line has a gap.
#[derive(Clone, Debug)]
pub struct Band {
    /// The instants of both columns.
    pub grid: Grid,
    /// Where the lines below it end.
    pub base: Vec<f64>,
    /// `base` and the line's own value.
    pub top: Vec<f64>,
}

/// The band of each line that is stacked, none for the others.
///
/// A gap adds nothing and is not zero: the line itself has no band there, and the others stand on those that have values. Lines
/// that are nowhere above zero stack downwards, apart from the others. Lines on different grids meet on the finest of them.
pub fn stack(lines: &[Line]) -> Vec<Option<Band>> {
    let is_stacked = |line: &&Line| line.stacked && !line.dashed;
    let Some(grid) = lines.iter().filter(is_stacked).map(|line| line.grid).min_by_key(|grid| grid.step) else {
        return lines.iter().map(|_| None).collect();
    };
    let (mut above, mut below) = (vec![0.0; grid.len], vec![0.0; grid.len]);
    let mut band = |line: &Line| {
        let is_negative = line.values.iter().copied().filter(|value| is_drawable(*value)).all(|value| value <= 0.0);
        let totals = if is_negative { &mut below } else { &mut above };
        let mut band = Band { grid, base: Vec::with_capacity(grid.len), top: Vec::with_capacity(grid.len) };
        for (index, total) in totals.iter_mut().enumerate() {
            let column = if line.grid == grid { Some(index) } else { line.grid.index(grid.time(index)) };
            let value = column.and_then(|column| line.values.get(column)).copied().filter(|value| is_drawable(*value));
            band.base.push(if value.is_some() { *total } else { f64::NAN });
            *total += value.unwrap_or(0.0);
            band.top.push(if value.is_some() { *total } else { f64::NAN });
        }
        band
    };
    lines.iter().map(|line| is_stacked(&line).then(|| band(line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(step: i64, values: &[f64]) -> Line<'_> {
        Line { grid: Grid { start: 0, step, len: values.len() }, values, color: 0, dashed: false, stacked: true }
    }

    /// The tops, with -1 for a gap.
    fn tops(bands: &[Option<Band>]) -> Vec<Vec<f64>> {
        let top = |band: &Band| band.top.iter().map(|value| if value.is_nan() { -1.0 } else { *value }).collect();
        bands.iter().flatten().map(top).collect()
    }

    #[test]
    fn a_gap_is_a_gap_and_leaves_the_others() {
        let bands = stack(&[line(10, &[1.0, 1.0, 1.0]), line(10, &[2.0, f64::NAN, 2.0]), line(10, &[4.0, 4.0, 4.0])]);
        assert_eq!(tops(&bands), [vec![1.0, 1.0, 1.0], vec![3.0, -1.0, 3.0], vec![7.0, 5.0, 7.0]]);
        assert!(bands[1].as_ref().is_some_and(|band| band.base[1].is_nan()));
    }

    #[test]
    fn what_is_negative_stacks_downwards() {
        let bands = stack(&[line(10, &[1.0]), line(10, &[-2.0]), line(10, &[3.0]), line(10, &[-4.0])]);
        let tops: Vec<f64> = bands.iter().flatten().map(|band| band.top[0]).collect();
        assert_eq!(tops, [1.0, -2.0, 4.0, -6.0]);
    }

    #[test]
    fn a_coarser_line_holds_its_value() {
        let bands = stack(&[line(10, &[1.0, 1.0, 1.0, 1.0, 1.0]), line(20, &[10.0, 20.0, 30.0])]);
        assert_eq!(bands[1].as_ref().unwrap().top, [11.0, 21.0, 21.0, 31.0, 31.0]);
    }

    #[test]
    fn limits_are_not_stacked() {
        let limit = Line { dashed: true, ..line(10, &[9.0]) };
        let loose = Line { stacked: false, ..line(10, &[9.0]) };
        assert!(stack(&[limit, loose]).iter().all(Option::is_none));
    }
}
