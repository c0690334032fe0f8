//! Conversions between whole and floating numbers, which the rest of the room does without `as`.

/// A whole number as a float.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53; instants in milliseconds reach that after 285,000 years")]
pub fn float(number: i64) -> f64 {
    number as f64
}

/// The largest whole number that is not above `number`.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and makes 0 of NaN")]
pub fn floored(number: f64) -> i64 {
    number.floor() as i64
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and makes 0 of NaN")]
pub fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// `base` to the power of a whole number. Without the mathematical library, whose tables alone are 5 kB of a download.
pub fn power(base: f64, exponent: i64) -> f64 {
    let positive = (0..exponent.unsigned_abs()).fold(1.0, |product, _| product * base);
    if exponent < 0 { 1.0 / positive } else { positive }
}

/// The largest whole exponent whose power of `base` (above 1) does not exceed `value`. Of what is not positive and finite: zero.
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
