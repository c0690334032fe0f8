//! Which values the value axis has to show, before its ends are rounded to ticks.

use super::runs::is_drawable;
use super::spec::Spec;

/// The ends of the value axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The low end.
    pub low: f64,
    /// The high end, above `low`.
    pub high: f64,
    /// The low end is the user's: it stays as it is.
    pub low_is_fixed: bool,
    /// The high end is the user's: it stays as it is.
    pub high_is_fixed: bool,
}

/// Values closer together than this share of their size count as equal: floats could not tell the ticks between them apart.
const FLAT: f64 = 1e-9;
/// No axis is shorter than this: its steps would vanish.
const SMALLEST: f64 = 1e-100;
/// The room above and below a flat line, as a share of its value.
const FLAT_ROOM: f64 = 0.25;

/// The range for values from `extent.0` to `extent.1`; none: there are no values.
pub fn range(extent: Option<(f64, f64)>, spec: &Spec) -> Range {
    let share = spec.unit.whole();
    // All there can be of a share, one of anything else.
    let whole = share.unwrap_or(1.0);
    let (low, high) = extent.map_or((0.0, whole), |extent| {
        let (low, high) = with_zero(with_thresholds(with_room(extent, whole), spec), spec);
        // The room above a flat line of 100 % is none that a value could reach.
        (low, if share.is_some() && extent.1 <= whole { high.min(whole) } else { high })
    });
    let usable = |limit: Option<f64>| limit.filter(|value| is_drawable(*value));
    match (usable(spec.min), usable(spec.max)) {
        (Some(min), Some(max)) if !is_flat(min, max) => Range { low: min, high: max, low_is_fixed: true, high_is_fixed: true },
        // All values lie beyond the limit: an empty axis on its other side.
        (Some(min), None) => {
            let high = if is_flat(min, high) { min + min.abs().max(whole) } else { high };
            Range { low: min, high, low_is_fixed: true, high_is_fixed: false }
        }
        (None, Some(max)) => {
            let low = if is_flat(low, max) { max - max.abs().max(whole) } else { low };
            Range { low, high: max, low_is_fixed: false, high_is_fixed: true }
        }
        _ => Range { low, high, low_is_fixed: false, high_is_fixed: false },
    }
}

/// Also true when the ends are the wrong way round.
fn is_flat(low: f64, high: f64) -> bool {
    high - low <= (low.abs().max(high.abs()) * FLAT).max(SMALLEST)
}

/// Gives a flat line room on both sides.
fn with_room((low, high): (f64, f64), whole: f64) -> (f64, f64) {
    let room = low.abs().max(high.abs()) * FLAT_ROOM;
    if !is_flat(low, high) {
        (low, high)
    } else if is_flat(low - room, high + room) {
        // Zero, or as good as.
        (0.0, whole)
    } else {
        (low - room, high + room)
    }
}

/// Takes in the thresholds that are near: the data keeps at least a third of the height.
fn with_thresholds((low, high): (f64, f64), spec: &Spec) -> (f64, f64) {
    let reach = low - (high - low)..=high + (high - low);
    let near = spec.thresholds.iter().map(|(value, _)| *value).filter(|value| reach.contains(value));
    near.fold((low, high), |(low, high), value| (low.min(value), high.max(value)))
}

/// Takes in zero for areas, for shares and amounts of something, and wherever the data keeps at least half of the height.
fn with_zero((low, high): (f64, f64), spec: &Spec) -> (f64, f64) {
    let is_area = spec.fill_opacity > 0 || spec.lines.iter().any(|line| line.stacked);
    let (with_low, with_high) = (low.min(0.0), high.max(0.0));
    let is_cheap = with_high - with_low <= 2.0 * (high - low);
    if is_area || spec.unit.is_amount() || is_cheap { (with_low, with_high) } else { (low, high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::spec::Size;
    use crate::model::color::Color;
    use crate::model::locale::Language;
    use crate::model::time::Window;
    use crate::model::unit::Unit;

    fn spec(unit: Unit) -> Spec<'static> {
        Spec {
            window: Window { start: 0, end: 1 },
            lines: Vec::new(),
            fill_opacity: 0,
            min: None,
            max: None,
            thresholds: Vec::new(),
            unit,
            decimals: None,
            language: Language::En,
            size: Size { width: 100.0, height: 100.0, ratio: 1.0 },
        }
    }

    fn ends(extent: (f64, f64), spec: &Spec) -> (f64, f64) {
        let range = range(Some(extent), spec);
        (range.low, range.high)
    }

    #[test]
    fn zero_is_shown_where_it_means_something() {
        assert_eq!(ends((62.0, 63.0), &spec(Unit::PERCENT)), (0.0, 63.0));
        assert_eq!(ends((62.0, 63.0), &spec(Unit::SHORT)), (62.0, 63.0));
        assert_eq!(ends((62.0, 63.0), &Spec { fill_opacity: 10, ..spec(Unit::SHORT) }), (0.0, 63.0));
        assert_eq!(ends((2.0, 5.0), &spec(Unit::SHORT)), (0.0, 5.0), "the data keeps half");
        assert_eq!(ends((-5.0, -2.0), &spec(Unit::SHORT)), (-5.0, 0.0));
    }

    #[test]
    fn a_flat_line_gets_room() {
        assert_eq!(ends((40.0, 40.0), &spec(Unit::SHORT)), (30.0, 50.0));
        assert_eq!(ends((0.0, 0.0), &spec(Unit::PERCENT)), (0.0, 100.0));
        assert_eq!(ends((100.0, 100.0), &spec(Unit::PERCENT)), (0.0, 100.0));
        assert_eq!(ends((1e16, 1e16 + 2.0), &spec(Unit::SHORT)), (0.75e16, 1.25e16 + 2.5));
    }

    #[test]
    fn near_thresholds_are_taken_in() {
        let thresholds = vec![(15.0, Color::Red), (1_000.0, Color::Red)];
        assert_eq!(ends((0.0, 10.0), &Spec { thresholds, ..spec(Unit::SHORT) }), (0.0, 15.0));
    }

    #[test]
    fn limits_hold() {
        let limited = |min, max| Spec { min, max, ..spec(Unit::SHORT) };
        assert_eq!(ends((3.0, 200.0), &limited(Some(0.0), Some(100.0))), (0.0, 100.0));
        assert_eq!(ends((3.0, 5.0), &limited(Some(10.0), None)), (10.0, 20.0), "all values lie below");
        assert_eq!(ends((0.0, 10.0), &limited(Some(5.0), Some(5.0))), (0.0, 10.0), "no range at all");
        assert_eq!(ends((0.0, 10.0), &limited(Some(f64::NAN), None)), (0.0, 10.0));
    }
}
