//! Ticks of the value axis: nice steps of the unit, and no two equal labels. On a linear axis all labels use one scale (such as GiB).

use crate::axis::range::Range;
use crate::number::{float, whole};
use model::time::{DAY, HOUR, MINUTE, SECOND};
use model::unit::{Scale, Steps, Unit, YEAR};
use text::decimal::{exact_decimals, floor_log, power, significant_decimals};
use text::locale::{Language, Locale};

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
/// The most decimals of a label. More would exceed the precision of floats.
const MAX_DECIMALS: u8 = 12;
/// Values whose ratio is at most this count as equal: rounding errors.
const NEAR: f64 = 1.0 + 1e-9;
/// How many powers of ten a logarithmic axis shows below its high end if its low end is not positive.
const POWERS: i64 = 3;

/// The axis over `range` with at most `most` (3 or more) ticks. Ends that are not fixed are rounded outwards to a tick.
pub fn axis(range: Range, most: usize, unit: &Unit, decimals: Option<u8>, locale: Locale) -> Axis {
    let count = i64::try_from(most.max(3)).unwrap_or(3);
    let most = float(count);
    let smallest = (range.high - range.low) / most;
    let step = steps(unit, smallest).into_iter().find(|step| intervals(range, *step) < most).unwrap_or(smallest * most);
    let low = if range.low_is_fixed { range.low } else { (range.low / step).floor() * step };
    let high = if range.high_is_fixed { range.high } else { (range.high / step).ceil() * step };
    // Keeps a tick at a fixed end in spite of rounding errors.
    let (first, last) = (whole((low / step - 1e-6).ceil()), whole((high / step + 1e-6).floor()));
    let values: Vec<f64> = (first..=last.min(first.saturating_add(count + 1))).map(|index| float(index) * step).collect();
    let scale = label_scale(unit, low.abs().max(high.abs()), step, locale.language);
    let fewest = decimals.unwrap_or_else(|| exact_decimals(step / scale.divisor, MAX_DECIMALS));
    let label = |value, decimals| unit.words(value, locale).unwrap_or_else(|| scale.format(value, decimals));
    Axis { low, high, ticks: labelled(&values, &label, fewest) }
}

/// The logarithmic axis over `range` with at most `most` (3 or more) ticks at powers of `base` (2 or 10). If there are few powers of ten,
/// it also has ticks at 2 and 5 times each; if there are many, only at every second, third and so on. Units with steps of 1024 have ticks
/// at powers of two. Ends that are not fixed are rounded outwards; what is not positive is cut off.
pub fn log_axis(range: Range, base: f64, most: usize, unit: &Unit, decimals: Option<u8>, locale: Locale) -> Axis {
    let is_binary = base < 10.0 || unit.steps() == Steps::Binary;
    let base = if is_binary { 2.0 } else { 10.0 };
    let high = if range.high > 0.0 { range.high } else { 1.0 };
    let low = if range.low > 0.0 { range.low } else { high / power(10.0, POWERS) };
    let (first, last) = (floor_log(base, low), floor_log(base, high) + 1);
    let grid = |digits: &[f64], stride: i64| {
        let powers = (first..=last).filter(|exponent| exponent % stride == 0).map(|exponent| power(base, exponent));
        powers.flat_map(|power| digits.iter().map(move |digit| digit * power)).collect::<Vec<f64>>()
    };
    // From dense to sparse. The sparse grids have strides of 10^3 and 2^10, like the prefixes of units.
    let (all, some, strides) = if is_binary {
        (grid(&[1.0], 1), grid(&[1.0], 2), [5, 3, 10, 20, 40, 80, 160, 320, 640])
    } else {
        (grid(&[1.0, 2.0, 5.0], 1), grid(&[1.0, 5.0], 1), [1, 2, 3, 6, 12, 24, 48, 96, 192])
    };
    let grids = [all.clone(), some].into_iter().chain(strides.into_iter().map(|stride| grid(&[1.0], stride)));

    let below = all.iter().rfind(|value| **value <= low * NEAR).filter(|_| !range.low_is_fixed);
    let above = all.iter().find(|value| **value * NEAR >= high).filter(|_| !range.high_is_fixed);
    let (low, high) = (below.copied().unwrap_or(low), above.copied().unwrap_or(high));
    let inside = |mut values: Vec<f64>| {
        values.retain(|value| *value * NEAR >= low && *value <= high * NEAR);
        values
    };
    let Some(values) = grids.map(inside).find(|values| (2..=most.max(3)).contains(&values.len())) else {
        // Both ends are fixed and close together.
        return axis(Range { low, high, low_is_fixed: true, high_is_fixed: true }, most, unit, decimals, locale);
    };
    let label = |value, fewest: u8| {
        let scale = power_scale(unit, value, locale.language);
        let shown = value / scale.divisor;
        let fewest = if decimals.is_some() { fewest } else { fewest.max(exact_decimals(shown, significant_decimals(shown))) };
        unit.words(value, locale).unwrap_or_else(|| scale.format(value, fewest))
    };
    Axis { low, high, ticks: labelled(&values, &label, decimals.unwrap_or(0)) }
}

/// The number of steps between the ends after rounding.
fn intervals(range: Range, step: f64) -> f64 {
    let (low, high) = (range.low / step, range.high / step);
    (if range.high_is_fixed { high.floor() } else { high.ceil() }) - (if range.low_is_fixed { low.ceil() } else { low.floor() })
}

/// Nice steps of the unit in ascending order, up to far above `smallest`.
fn steps(unit: &Unit, smallest: f64) -> Vec<f64> {
    let mut steps = Vec::new();
    match unit.steps() {
        // Powers of two divide the powers of 1024.
        Steps::Binary => {
            let first = floor_log(2.0, smallest);
            steps.extend((first..first + 8).map(|exponent| power(2.0, exponent)));
        }
        Steps::Clock(per_second) => {
            let (day, year) = (float(DAY / SECOND) * per_second, YEAR * per_second);
            decimal_steps(&mut steps, smallest, per_second);
            for (unit, counts) in CLOCK {
                steps.extend(counts.iter().map(|count| float(unit * count / SECOND) * per_second));
            }
            decimal_steps_of(&mut steps, day, smallest, year);
            decimal_steps_of(&mut steps, year, smallest, f64::INFINITY);
        }
        Steps::Whole => {
            decimal_steps(&mut steps, smallest.max(1.0), f64::INFINITY);
            steps.retain(|step| step.fract() == 0.0);
        }
        Steps::Decimal => decimal_steps(&mut steps, smallest, f64::INFINITY),
    }
    steps
}

/// Adds nice decimal numbers from about `smallest`, all below `end`.
fn decimal_steps(steps: &mut Vec<f64>, smallest: f64, end: f64) {
    let first = floor_log(10.0, smallest);
    for exponent in first..first + 4 {
        let power = power(10.0, exponent);
        steps.extend(DECIMAL.iter().map(|digit| digit * power).filter(|step| *step < end));
    }
}

/// Adds nice decimal numbers of days or years.
fn decimal_steps_of(steps: &mut Vec<f64>, length: f64, smallest: f64, end: f64) {
    let before = steps.len();
    decimal_steps(steps, (smallest / length).max(1.0), end / length);
    steps.iter_mut().skip(before).for_each(|step| *step *= length);
}

/// One scale for all labels: that of the largest number, or that of the step if the labels would otherwise need several decimals (a third
/// of a minute).
fn label_scale(unit: &Unit, magnitude: f64, step: f64, language: Language) -> Scale {
    let largest = unit.scale(magnitude, language);
    let is_time = matches!(unit.steps(), Steps::Clock(_));
    if is_time && exact_decimals(step / largest.divisor, MAX_DECIMALS) > 1 { unit.scale(step, language) } else { largest }
}

/// The scale of a single number. For time it stays in seconds if the number is not round in the larger unit: 100 s, not 1.67 min.
fn power_scale(unit: &Unit, value: f64, language: Language) -> Scale {
    let scale = unit.scale(value, language);
    match unit.steps() {
        Steps::Clock(per_second) if exact_decimals(value / scale.divisor, 2) > 1 => unit.scale(value.min(per_second), language),
        _ => scale,
    }
}

/// The values with their labels, with the fewest decimals that make all labels different. A value whose label is still equal to an earlier
/// one is left out.
fn labelled(values: &[f64], label: &dyn Fn(f64, u8) -> String, fewest: u8) -> Vec<(f64, String)> {
    let mut ticks: Vec<(f64, String)> = Vec::new();
    for decimals in fewest..=fewest.max(MAX_DECIMALS) {
        ticks.clear();
        for value in values {
            let text = label(*value, decimals);
            if ticks.iter().all(|(_, other)| *other != text) {
                ticks.push((*value, text));
            }
        }
        if ticks.len() == values.len() {
            break;
        }
    }
    ticks
}

#[cfg(test)]
mod tests;
