//! Stacks lines on a shared grid.

use crate::scene::Side;
use crate::series::runs::is_drawable;
use crate::series::spec::Line;
use model::dashboard::{DrawStyle, Stacking};
use model::series::Grid;

/// A stacked line: the area between `base` and `top`. Both are NaN where the line has a gap.
#[derive(Clone, Debug)]
pub struct Band {
    /// The instants of both columns.
    pub grid: Grid,
    /// The sum of the lines below it.
    pub base: Vec<f64>,
    /// `base` plus the line's own value.
    pub top: Vec<f64>,
}

/// The band of each stacked line, `None` for other lines. Lines form one stack if they have the same axis and the same stacking, and if
/// either all or none of them are bars.
pub fn stack(lines: &[Line]) -> Vec<Option<Band>> {
    let mut bands: Vec<Option<Band>> = lines.iter().map(|_| None).collect();
    for side in [Side::Left, Side::Right] {
        for is_bars in [false, true] {
            for stacking in [Stacking::Normal, Stacking::Percent] {
                let kind = |line: &Line| (line.style.side, line.style.draw == DrawStyle::Bars, line.style.stacking);
                stack_group(lines, &mut bands, stacking == Stacking::Percent, &|line| kind(line) == (side, is_bars, stacking));
            }
        }
    }
    bands
}

/// Stacks the lines that belong to one stack.
///
/// A gap is not zero: the line itself has no band there, and it adds nothing to the lines above. Lines without a value above zero are
/// stacked downwards, apart from the others. Lines on different grids are put on the finest one. Shares are relative to the sum of all
/// absolute values.
fn stack_group(lines: &[Line], bands: &mut [Option<Band>], shares: bool, belongs: &dyn Fn(&Line) -> bool) {
    let members = || lines.iter().filter(|line| belongs(line));
    let Some(grid) = members().map(|line| line.grid).min_by_key(|grid| grid.step) else { return };
    let mut sizes = vec![0.0; if shares { grid.len } else { 0 }];
    if shares {
        for line in members() {
            let add = |(index, size): (usize, &mut f64)| *size += value(line, grid, index).unwrap_or(0.0).abs();
            sizes.iter_mut().enumerate().for_each(add);
        }
    }
    let (mut above, mut below) = (vec![0.0; grid.len], vec![0.0; grid.len]);
    for (line, band) in lines.iter().zip(bands).filter(|(line, _)| belongs(line)) {
        let is_negative = line.values.iter().copied().filter(|value| is_drawable(*value)).all(|value| value <= 0.0);
        let totals = if is_negative { &mut below } else { &mut above };
        let mut filled = Band { grid, base: Vec::with_capacity(grid.len), top: Vec::with_capacity(grid.len) };
        for (index, total) in totals.iter_mut().enumerate() {
            let value = value(line, grid, index);
            let share = match sizes.get(index) {
                // The share of a zero sum is zero.
                Some(size) => value.map(|value| if *size > 0.0 { value / size * 100.0 } else { 0.0 }),
                None => value,
            };
            filled.base.push(if share.is_some() { *total } else { f64::NAN });
            *total += share.unwrap_or(0.0);
            if shares {
                // Rounding must not make the sum exceed 100 %.
                *total = total.clamp(-100.0, 100.0);
            }
            filled.top.push(if share.is_some() { *total } else { f64::NAN });
        }
        *band = Some(filled);
    }
}

/// The value of `line` at an instant of another grid. A line on a coarser grid keeps its value between its samples.
pub fn value(line: &Line, grid: Grid, index: usize) -> Option<f64> {
    let column = if line.grid == grid { Some(index) } else { line.grid.index(grid.time(index)) };
    column.and_then(|column| line.values.get(column)).copied().filter(|value| is_drawable(*value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ink;
    use crate::series::style::Style;

    fn stacked(step: i64, values: &[f64], stacking: Stacking) -> Line<'_> {
        let grid = Grid { start: 0, step, len: values.len() };
        Line { grid, values, ink: Ink::Text, style: Style { stacking, ..Style::default() }, below: None }
    }

    fn line(step: i64, values: &[f64]) -> Line<'_> {
        stacked(step, values, Stacking::Normal)
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
    fn negative_lines_are_stacked_downwards() {
        let bands = stack(&[line(10, &[1.0]), line(10, &[-2.0]), line(10, &[3.0]), line(10, &[-4.0])]);
        let tops: Vec<f64> = bands.iter().flatten().map(|band| band.top[0]).collect();
        assert_eq!(tops, [1.0, -2.0, 4.0, -6.0]);
    }

    #[test]
    fn a_line_on_a_coarser_grid_keeps_its_value_between_samples() {
        let bands = stack(&[line(10, &[1.0, 1.0, 1.0, 1.0, 1.0]), line(20, &[10.0, 20.0, 30.0])]);
        assert_eq!(bands[1].as_ref().unwrap().top, [11.0, 21.0, 21.0, 31.0, 31.0]);
    }

    #[test]
    fn shares_add_up_to_a_hundred() {
        let [a, b, c] = [[1.0, 0.0, f64::NAN], [3.0, 0.0, 5.0], [-4.0, 0.0, -15.0]];
        let bands = stack(&[&a, &b, &c].map(|values| stacked(10, values, Stacking::Percent)));
        assert_eq!(tops(&bands), [vec![12.5, 0.0, -1.0], vec![50.0, 0.0, 25.0], vec![-50.0, 0.0, -75.0]]);
    }

    #[test]
    fn lines_on_another_axis_or_of_another_style_have_their_own_stack() {
        let styled = |change: fn(&mut Style)| {
            let mut line = line(10, &[2.0]);
            change(&mut line.style);
            line
        };
        let loose = styled(|style| style.stacking = Stacking::None);
        let (right, bars) = (styled(|style| style.side = Side::Right), styled(|style| style.draw = DrawStyle::Bars));
        let bands = stack(&[line(10, &[1.0]), right, bars, loose, bars]);
        assert!(bands[3].is_none());
        assert_eq!(tops(&bands), [[1.0], [2.0], [2.0], [4.0]]);
    }
}
