//! Ticks of the value axis: nice steps of the unit, all labels in one scale, no two of them alike.

use crate::chart::number::{float, floor_log, power, whole};
use crate::chart::range::Range;
use crate::model::locale::Language;
use crate::model::time::{DAY, HOUR, MINUTE, SECOND};
use crate::model::unit::{Scale, Unit};

/// The value axis: its ends and its labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
    /// Values and their labels, from low to high.
    pub ticks: Vec<(f64, String)>,
}

const DECIMAL: [f64; 4] = [1.0, 2.0, 2.5, 5.0];
/// Steps of time between a second and a day. Shorter and longer ones are decimal.
const CLOCK: [(i64, &[i64]); 3] = [(SECOND, &[1, 2, 5, 10, 15, 30]), (MINUTE, &[1, 2, 5, 10, 15, 30]), (HOUR, &[1, 2, 3, 6, 12])];
/// More decimals than this tell nothing apart that a float can hold.
const MOST_DECIMALS: u8 = 12;

/// The axis over `range` with at most `most` (3 or more) ticks. Ends that are not fixed are rounded outwards to a tick.
pub fn axis(range: Range, most: usize, unit: &Unit, decimals: Option<u8>, language: Language) -> Axis {
    let most = float(i64::try_from(most.max(3)).unwrap_or(3));
    let smallest = (range.high - range.low) / most;
    let step = steps(unit, smallest).find(|step| intervals(range, *step) < most).unwrap_or(smallest * most);
    let low = if range.low_is_fixed { range.low } else { (range.low / step).floor() * step };
    let high = if range.high_is_fixed { range.high } else { (range.high / step).ceil() * step };
    // A tick at a fixed end must not be lost to rounding.
    let (first, last) = (whole((low / step - 1e-6).ceil()), whole((high / step + 1e-6).floor()));
    let values: Vec<f64> = (first..=last).map(|index| float(index) * step).collect();
    let scale = label_scale(unit, low.abs().max(high.abs()), step, language);
    let fewest = decimals.unwrap_or_else(|| exact_decimals(step / scale.divisor));
    Axis { low, high, ticks: labelled(&values, &scale, fewest) }
}

/// How many steps lie between the ends, once they are rounded.
fn intervals(range: Range, step: f64) -> f64 {
    let (low, high) = (range.low / step, range.high / step);
    (if range.high_is_fixed { high.floor() } else { high.ceil() }) - (if range.low_is_fixed { low.ceil() } else { low.floor() })
}

/// Nice steps of the unit in rising order, none smaller than about half of `smallest`.
fn steps(unit: &Unit, smallest: f64) -> Box<dyn Iterator<Item = f64>> {
    match unit {
        // Powers of two are what divides the powers of 1024.
        Unit::Bytes => {
            let first = floor_log(2.0, smallest);
            Box::new((first..first + 8).map(|exponent| power(2.0, exponent)))
        }
        Unit::Seconds | Unit::Duration => time_steps(smallest, 1.0),
        Unit::Milliseconds => time_steps(smallest, 1e3),
        _ => decimal_steps(smallest),
    }
}

fn decimal_steps(smallest: f64) -> Box<dyn Iterator<Item = f64>> {
    let first = floor_log(10.0, smallest);
    Box::new((first..first + 4).flat_map(|exponent| {
        let power = power(10.0, exponent);
        DECIMAL.map(|digit| digit * power)
    }))
}

/// Steps for a unit of which `per_second` are a second.
fn time_steps(smallest: f64, per_second: f64) -> Box<dyn Iterator<Item = f64>> {
    let day = float(DAY / SECOND) * per_second;
    let decimal = decimal_steps(smallest).take_while(move |step| *step < per_second);
    let clock = CLOCK.iter().flat_map(move |(unit, counts)| counts.iter().map(move |count| float(unit * count / SECOND) * per_second));
    let days = decimal_steps((smallest / day).max(1.0)).map(move |step| step * day);
    Box::new(decimal.chain(clock.filter(move |step| *step >= smallest / 2.0)).chain(days))
}

/// One scale for all labels: the one of the largest number, or where that would need several decimals (a third of a minute) the
/// one of the step.
fn label_scale(unit: &Unit, magnitude: f64, step: f64, language: Language) -> Scale {
    let largest = unit.scale(magnitude, language);
    let is_time = matches!(unit, Unit::Seconds | Unit::Duration | Unit::Milliseconds);
    if is_time && exact_decimals(step / largest.divisor) > 1 { unit.scale(step, language) } else { largest }
}

/// The fewest decimals that say `step` exactly.
fn exact_decimals(step: f64) -> u8 {
    let is_exact = |decimals: &u8| {
        let shifted = step * power(10.0, i64::from(*decimals));
        (shifted - shifted.round()).abs() <= shifted * 1e-6
    };
    (0..MOST_DECIMALS).find(is_exact).unwrap_or(MOST_DECIMALS)
}

fn labelled(values: &[f64], scale: &Scale, fewest: u8) -> Vec<(f64, String)> {
    let mut ticks = Vec::new();
    for decimals in fewest..=fewest.max(MOST_DECIMALS) {
        ticks = values.iter().map(|value| (*value, scale.format(*value, decimals))).collect();
        if ticks.is_sorted_by(|(_, a), (_, b)| a != b) {
            break;
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(low: f64, high: f64) -> Range {
        Range { low, high, low_is_fixed: false, high_is_fixed: false }
    }

    fn labels(unit: &str, range: Range, most: usize) -> Vec<String> {
        let axis = axis(range, most, &Unit::from(unit.to_owned()), None, Language::En);
        axis.ticks.into_iter().map(|(_, label)| label.replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn steps_are_nice() {
        assert_eq!(labels("none", range(0.0, 9.0), 6), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(labels("percent", range(0.0, 100.0), 5), ["0%", "25%", "50%", "75%", "100%"]);
        assert_eq!(labels("percentunit", range(0.0, 0.043), 6), ["0%", "1%", "2%", "3%", "4%", "5%"]);
        assert_eq!(labels("none", range(-1.0, 1.0), 5), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
        assert_eq!(labels("short", range(0.0, 7_300.0), 5), ["0 K", "2 K", "4 K", "6 K", "8 K"]);
    }

    #[test]
    fn bytes_step_by_powers_of_two() {
        let gib = 1024.0_f64.powi(3);
        assert_eq!(labels("bytes", range(0.0, 15.6 * gib), 5), ["0 GiB", "4 GiB", "8 GiB", "12 GiB", "16 GiB"]);
        assert_eq!(labels("bytes", range(0.0, 1.4 * gib), 4), ["0.0 GiB", "0.5 GiB", "1.0 GiB", "1.5 GiB"]);
    }

    #[test]
    fn time_steps_by_the_clock() {
        assert_eq!(labels("s", range(0.0, 70.0), 6), ["0 s", "15 s", "30 s", "45 s", "60 s", "75 s"]);
        assert_eq!(labels("s", range(0.0, 0.18), 5), ["0 ms", "50 ms", "100 ms", "150 ms", "200 ms"]);
        assert_eq!(labels("ms", range(0.0, 3_400_000.0), 5), ["0 min", "15 min", "30 min", "45 min", "60 min"]);
        assert_eq!(labels("dtdurations", range(0.0, 40.0 * 86_400.0), 6), ["0 d", "10 d", "20 d", "30 d", "40 d"]);
    }

    #[test]
    fn fixed_ends_stay() {
        let fixed = Range { low: 0.0, high: 33.0, low_is_fixed: true, high_is_fixed: true };
        let axis = axis(fixed, 5, &Unit::None, None, Language::En);
        assert_eq!((axis.low, axis.high), (0.0, 33.0));
        assert_eq!(axis.ticks.last().unwrap().1, "30");
    }

    #[test]
    fn decimals_rise_until_labels_differ() {
        let axis = axis(range(0.0, 1.0), 6, &Unit::None, Some(0), Language::Sv);
        assert_eq!(axis.ticks[1].1, "0,2");
    }

    proptest! {
        #[test]
        fn ticks_are_few_distinct_and_cover_the_range(
            low in -1e12..1e12_f64, length in 1e-3..1e12_f64, most in 3_usize..7,
            unit in prop::sample::select(vec!["none", "short", "percent", "percentunit", "bytes", "bps", "s", "ms", "dtdurations"]),
        ) {
            let axis = axis(range(low, low + length), most, &Unit::from(unit.to_owned()), None, Language::En);
            prop_assert!((2..=most).contains(&axis.ticks.len()), "{axis:?}");
            prop_assert!(axis.low <= low && axis.high >= low + length);
            prop_assert!(axis.ticks.is_sorted_by(|a, b| a.0 < b.0 && a.1 != b.1), "{axis:?}");
        }
    }
}
