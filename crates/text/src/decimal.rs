//! Numbers as decimal digits. `format!("{:.2}")` would add 6 kB of tables and big-number code to the first download. It needs them for
//! digits beyond the seventeenth, which charts do not show.

/// The maximum number of decimals: more carry no information.
const MAX_DECIMALS: u8 = 15;
/// The maximum number of decimals that are chosen automatically.
const SMALL_DECIMALS: u8 = 9;
/// Whole numbers below this fit into a `u64`.
const LARGEST: f64 = 1e19;

/// `value` rounded to `decimals` decimals, with `-` if negative, a decimal point and no exponent.
pub fn fixed(value: f64, decimals: u8) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_infinite() {
        return format!("{sign}inf");
    }
    let decimals = usize::from(decimals.min(MAX_DECIMALS));
    let power = (0..decimals).fold(1.0, |power, _| power * 10.0);
    let mut whole = value.abs().trunc();
    // The subtraction is exact. Multiplying the whole number would not be.
    let mut fraction = ((value.abs() - whole) * power).round();
    if decimals == 0 {
        (whole, fraction) = (value.abs().round(), 0.0);
    } else if fraction >= power {
        (whole, fraction) = (whole + 1.0, 0.0);
    }
    let mut zeros = String::new();
    while whole >= LARGEST {
        whole /= 10.0;
        zeros.push('0');
    }
    let (whole, fraction) = (integer(whole), integer(fraction));
    if decimals == 0 { format!("{sign}{whole}{zeros}") } else { format!("{sign}{whole}{zeros}.{fraction:0decimals$}") }
}

/// The smallest number of decimals that gives `value` exactly, apart from rounding errors; at most `most`.
pub fn exact_decimals(value: f64, most: u8) -> u8 {
    let is_exact = |decimals: &u8| {
        let shifted = value.abs() * power(10.0, i64::from(*decimals));
        (shifted - shifted.round()).abs() <= shifted * 1e-12
    };
    (0..most).find(is_exact).unwrap_or(most)
}

/// The number of decimals for three significant digits, or for two if the value is below one; 0 for whole numbers.
pub fn significant_decimals(value: f64) -> u8 {
    let mut magnitude = value.abs();
    if (magnitude - magnitude.round()).abs() < 1e-9 || magnitude >= 99.95 {
        return 0;
    }
    if magnitude >= 9.995 {
        return 1;
    }
    let mut decimals = 2;
    while magnitude < 0.0995 && decimals < SMALL_DECIMALS {
        magnitude *= 10.0;
        decimals += 1;
    }
    decimals
}

/// `base` to the power of a whole number. Does not use the mathematical library, whose tables add 5 kB to the download.
pub fn power(base: f64, exponent: i64) -> f64 {
    let positive = (0..exponent.unsigned_abs()).fold(1.0, |product, _| product * base);
    if exponent < 0 { 1.0 / positive } else { positive }
}

/// The largest whole exponent whose power of `base` (above 1) does not exceed `value`; 0 if `value` is not positive and finite.
pub fn floor_log(base: f64, value: f64) -> i64 {
    if !(value.is_finite() && value > 0.0) {
        return 0;
    }
    let mut exponent = 0;
    while power(base, exponent) > value {
        exponent -= 1;
    }
    while power(base, exponent + 1) <= value {
        exponent += 1;
    }
    exponent
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, not negative, below 2^64")]
fn integer(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_rounded_and_padded() {
        for (value, decimals, text) in [
            (0.0, 0, "0"),
            (0.05, 1, "0.1"),
            (1.0, 2, "1.00"),
            (0.996, 2, "1.00"),
            (12.0405, 3, "12.040"),
            (-3.25, 1, "-3.3"),
            (2.5, 0, "3"),
            (3.5, 0, "4"),
            (1e21, 1, "1000000000000000000000.0"),
            (f64::NEG_INFINITY, 2, "-inf"),
            (f64::NAN, 2, "NaN"),
        ] {
            assert_eq!(fixed(value, decimals), text, "{value} with {decimals}");
        }
    }

    proptest! {
        #[test]
        fn digits_equal_those_of_the_standard_library(value in prop_oneof![-1e6..1e6, -1.0..1.0, -1e15..1e15], decimals in 0_u8..7) {
            let (ours, theirs) = (fixed(value, decimals), format!("{value:.*}", usize::from(decimals)));
            let power = 10.0_f64.powi(decimals.into());
            // Both are right if the value is half a last digit, apart from rounding errors.
            let tie = ((value.abs() * power).fract() - 0.5).abs() < 1e-6 * power.max(value.abs());
            prop_assert!(ours == theirs || tie, "{ours} instead of {theirs}");
        }
    }
}
