//! The range of values that a value axis has to show, before its ends are rounded to ticks.

use crate::series::runs::is_drawable;
use crate::series::spec::ValueAxis;
use model::color::Color;
use model::dashboard::ScaleDistribution;

/// The ends of a value axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The low end.
    pub low: f64,
    /// The high end, above `low`.
    pub high: f64,
    /// The low end is set by the user and is not rounded.
    pub low_is_fixed: bool,
    /// The high end is set by the user and is not rounded.
    pub high_is_fixed: bool,
}

/// Values closer together than this share of their size count as equal: the precision of floats does not allow ticks between them.
const FLAT: f64 = 1e-9;
/// The smallest length of an axis. Its steps would become zero below it.
const SMALLEST: f64 = 1e-100;
/// The space above and below a flat line, as a share of its value.
const FLAT_ROOM: f64 = 0.25;

/// The range of an axis for values from `extent.0` to `extent.1`; `None` if there are no values. Areas begin at zero.
pub fn range(extent: Option<(f64, f64)>, axis: &ValueAxis, has_areas: bool, thresholds: &[(f64, Color)]) -> Range {
    let is_log = axis.distribution != ScaleDistribution::Linear;
    let share = axis.unit.whole();
    // 100 % in the unit of a share, 1 in any other unit.
    let whole = share.unwrap_or(1.0);
    let usable = |limit: Option<f64>| limit.filter(|value| is_drawable(*value) && (!is_log || *value >= SMALLEST));
    let soft = |limit: Option<f64>, holds: &dyn Fn((f64, f64), f64) -> bool| {
        usable(limit).filter(|limit| extent.is_none_or(|extent| holds(extent, *limit)))
    };
    let min = usable(axis.min).or_else(|| soft(axis.soft_min, &|(low, _), limit| limit <= low));
    let max = usable(axis.max).or_else(|| soft(axis.soft_max, &|(_, high), limit| limit >= high));

    let (low, high) = if is_log {
        log_extent(extent, thresholds)
    } else {
        extent.map_or((0.0, whole), |extent| {
            let (low, high) = with_zero(with_thresholds(with_room(extent, whole), thresholds), axis, has_areas);
            // No space above a flat line of 100 %: no value can be there.
            (low, if share.is_some() && extent.1 <= whole { high.min(whole) } else { high })
        })
    };
    match (min, max) {
        (Some(min), Some(max)) if !is_flat(min, max) => Range { low: min, high: max, low_is_fixed: true, high_is_fixed: true },
        // If all values are beyond the limit, the axis is empty on the other side of it.
        (Some(min), None) => {
            let above = if is_log { min * DECADE } else { min + min.abs().max(whole) };
            let high = if is_flat(min, high) { above } else { high };
            Range { low: min, high, low_is_fixed: true, high_is_fixed: false }
        }
        (None, Some(max)) => {
            let below = if is_log { max / DECADE } else { max - max.abs().max(whole) };
            let low = if is_flat(low, max) { below } else { low };
            Range { low, high: max, low_is_fixed: false, high_is_fixed: true }
        }
        _ => Range { low, high, low_is_fixed: false, high_is_fixed: false },
    }
}

/// On a logarithmic axis: how far near thresholds may be from the data, and the length of an axis without values. A factor.
const DECADE: f64 = 10.0;

/// The extent of a logarithmic axis: values above zero and near thresholds.
fn log_extent(extent: Option<(f64, f64)>, thresholds: &[(f64, Color)]) -> (f64, f64) {
    let (low, high) = extent.map_or((1.0, DECADE), |(low, high)| (low.max(SMALLEST), high.max(SMALLEST)));
    let reach = low / DECADE..=high * DECADE;
    let near = thresholds.iter().map(|(value, _)| *value).filter(|value| reach.contains(value));
    let (low, high) = near.fold((low, high), |(low, high), value| (low.min(value), high.max(value)));
    if high <= low * (1.0 + FLAT) { (low / 2.0, high * 2.0) } else { (low, high) }
}

/// Whether the ends are too close together. Also true if `low` is above `high`.
pub fn is_flat(low: f64, high: f64) -> bool {
    high - low <= (low.abs().max(high.abs()) * FLAT).max(SMALLEST)
}

/// Adds space on both sides of a flat line.
fn with_room((low, high): (f64, f64), whole: f64) -> (f64, f64) {
    let room = low.abs().max(high.abs()) * FLAT_ROOM;
    if !is_flat(low, high) {
        (low, high)
    } else if is_flat(low - room, high + room) {
        // The values are zero or nearly zero.
        (0.0, whole)
    } else {
        (low - room, high + room)
    }
}

/// Extends the range to near thresholds, as long as the data keeps at least a third of the height.
fn with_thresholds((low, high): (f64, f64), thresholds: &[(f64, Color)]) -> (f64, f64) {
    let reach = low - (high - low)..=high + (high - low);
    let near = thresholds.iter().map(|(value, _)| *value).filter(|value| reach.contains(value));
    near.fold((low, high), |(low, high), value| (low.min(value), high.max(value)))
}

/// Extends the range to zero for areas, for units of shares and amounts, and if the data keeps at least half of the height.
fn with_zero((low, high): (f64, f64), axis: &ValueAxis, has_areas: bool) -> (f64, f64) {
    let (with_low, with_high) = (low.min(0.0), high.max(0.0));
    let is_cheap = with_high - with_low <= 2.0 * (high - low);
    if has_areas || axis.unit.is_amount() || is_cheap { (with_low, with_high) } else { (low, high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::unit::Unit;

    fn axis(unit: Unit) -> ValueAxis {
        ValueAxis { unit, ..ValueAxis::default() }
    }

    fn ends(extent: (f64, f64), axis: &ValueAxis) -> (f64, f64) {
        let range = range(Some(extent), axis, false, &[]);
        (range.low, range.high)
    }

    #[test]
    fn zero_is_shown_for_areas_shares_and_amounts_and_if_it_is_near() {
        assert_eq!(ends((62.0, 63.0), &axis(Unit::PERCENT)), (0.0, 63.0));
        assert_eq!(ends((62.0, 63.0), &axis(Unit::SHORT)), (62.0, 63.0));
        let with_area = range(Some((62.0, 63.0)), &axis(Unit::SHORT), true, &[]);
        assert_eq!((with_area.low, with_area.high), (0.0, 63.0), "areas begin at zero");
        assert_eq!(ends((2.0, 5.0), &axis(Unit::SHORT)), (0.0, 5.0), "the data keeps half of the height");
        assert_eq!(ends((-5.0, -2.0), &axis(Unit::SHORT)), (-5.0, 0.0));
    }

    #[test]
    fn a_flat_line_has_space_above_and_below() {
        assert_eq!(ends((40.0, 40.0), &axis(Unit::SHORT)), (30.0, 50.0));
        assert_eq!(ends((0.0, 0.0), &axis(Unit::PERCENT)), (0.0, 100.0));
        assert_eq!(ends((100.0, 100.0), &axis(Unit::PERCENT)), (0.0, 100.0));
        assert_eq!(ends((1e16, 1e16 + 2.0), &axis(Unit::SHORT)), (0.75e16, 1.25e16 + 2.5));
    }

    #[test]
    fn the_range_includes_near_thresholds() {
        let near = |extent, axis: &ValueAxis, values: &[f64]| {
            let thresholds: Vec<_> = values.iter().map(|value| (*value, Color::Red)).collect();
            let range = range(Some(extent), axis, false, &thresholds);
            (range.low, range.high)
        };
        assert_eq!(near((0.0, 10.0), &axis(Unit::SHORT), &[15.0, 1_000.0]), (0.0, 15.0));
        let log = ValueAxis { distribution: ScaleDistribution::Log10, ..ValueAxis::default() };
        assert_eq!(near((20.0, 40.0), &log, &[300.0, -1.0, 1.0]), (20.0, 300.0));
    }

    #[test]
    fn hard_limits_are_kept() {
        let limited = |min, max| ValueAxis { min, max, ..axis(Unit::SHORT) };
        assert_eq!(ends((3.0, 200.0), &limited(Some(0.0), Some(100.0))), (0.0, 100.0));
        assert_eq!(ends((3.0, 5.0), &limited(Some(10.0), None)), (10.0, 20.0), "all values lie below");
        assert_eq!(ends((0.0, 10.0), &limited(Some(5.0), Some(5.0))), (0.0, 10.0), "equal limits are ignored");
        assert_eq!(ends((0.0, 10.0), &limited(Some(f64::NAN), None)), (0.0, 10.0));
    }

    #[test]
    fn values_extend_the_range_beyond_soft_limits() {
        let soft = ValueAxis { soft_min: Some(50.0), soft_max: Some(80.0), ..axis(Unit::PERCENT) };
        assert_eq!(ends((60.0, 70.0), &soft), (50.0, 80.0));
        assert_eq!(ends((40.0, 70.0), &soft), (0.0, 80.0));
        assert_eq!(ends((60.0, 90.0), &ValueAxis { max: Some(85.0), ..soft }), (50.0, 85.0));
    }

    #[test]
    fn a_logarithmic_axis_has_no_zero() {
        let log = |min, max| ValueAxis { distribution: ScaleDistribution::Log10, min, max, ..axis(Unit::PERCENT) };
        assert_eq!(ends((3.0, 200.0), &log(Some(0.0), None)), (3.0, 200.0));
        assert_eq!(ends((3.0, 20.0), &log(Some(50.0), None)), (50.0, 500.0), "all values lie below");
        let empty = range(None, &log(None, None), true, &[]);
        assert_eq!((empty.low, empty.high), (1.0, 10.0));
    }
}
