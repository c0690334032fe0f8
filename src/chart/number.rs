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
