//! Conversions between integers and floats, so that the rest of this crate does not need `as`.

/// An integer as a float.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53; instants in milliseconds reach that after 285,000 years")]
pub fn float(number: i64) -> f64 {
    number as f64
}

/// The largest integer that is not above `number`.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and makes 0 of NaN")]
pub fn floored(number: f64) -> i64 {
    number.floor() as i64
}

/// The nearest integer.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and makes 0 of NaN")]
pub fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// The binary logarithm of a number above zero, exact to nine decimals, which is enough for pixels. The one of the math library has 2 kB
/// of tables.
pub fn log2(number: f64) -> f64 {
    const MANTISSA: u64 = (1 << 52) - 1;
    const ONE: u64 = 1023;
    let bits = number.to_bits();
    let exponent = i64::try_from(bits >> 52).unwrap_or(0) - 1023;
    let mantissa = f64::from_bits(bits & MANTISSA | ONE << 52);
    // The series of the inverse hyperbolic tangent, which converges fast below 1/3.
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let sum = [17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0].iter().fold(0.0, |sum, odd| sum * t * t + 1.0 / odd);
    float(exponent) + 2.0 * t * sum * std::f64::consts::LOG2_E
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_logarithm_equals_that_of_the_standard_library(number in prop_oneof![1e-100..1e100, 0.5..2.0]) {
            prop_assert!((log2(number) - number.log2()).abs() < 1e-9, "{number}: {} for {}", log2(number), number.log2());
        }
    }
}
