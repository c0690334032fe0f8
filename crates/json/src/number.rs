//! Parses decimal numbers as floats.
//!
//! The standard library's parser has a table of 10 kB, which does not compress, to get the last bit of numbers with 17 digits right.
//! This one is exact for every number of up to 15 digits with a moderate exponent, and has a relative error of about 1e-15 for all
//! others. Drawing and averaging need 1e-12.

/// The powers of ten that a float holds exactly.
const EXACT: [f64; 23] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];
/// This many digits always fit into a `u64`.
const MAX_DIGITS: u32 = 19;
/// With a larger exponent a number is zero or infinite, whatever its digits are.
const LARGEST_EXPONENT: i32 = 400;

/// Parses the whole text: a decimal number as JSON, Go and Rust write it, or `NaN`, `Inf`, `+Inf`, `-Inf`; `None` for anything else.
pub fn parse(text: &str) -> Option<f64> {
    prefix(text.as_bytes()).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
}

/// Parses the number that `text` starts with, and returns the text after it.
pub fn prefix(text: &[u8]) -> Option<(f64, &[u8])> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let (magnitude, rest) = match digits {
        [b'I', b'n', b'f', rest @ ..] => (f64::INFINITY, rest),
        [b'N', b'a', b'N', rest @ ..] => (f64::NAN, rest),
        digits => decimal(digits)?,
    };
    Some((if negative { -magnitude } else { magnitude }, rest))
}

fn decimal(mut rest: &[u8]) -> Option<(f64, &[u8])> {
    let (mut mantissa, mut kept, mut exponent) = (0_u64, 0, 0_i32);
    let (mut any, mut after_point) = (false, false);
    while let [byte, tail @ ..] = rest {
        match byte {
            b'0'..=b'9' => {
                any = true;
                if kept < MAX_DIGITS {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    // Leading zeros do not count as digits.
                    kept += u32::from(mantissa > 0);
                    exponent -= i32::from(after_point);
                } else {
                    // More digits than a float holds: they only change the magnitude.
                    exponent = exponent.saturating_add(i32::from(!after_point));
                }
            }
            b'.' if any && !after_point => after_point = true,
            b'e' | b'E' if any => {
                let (more, tail) = whole(tail)?;
                return Some((scaled(mantissa, exponent.saturating_add(more)), tail));
            }
            _ => break,
        }
        rest = tail;
    }
    any.then(|| (scaled(mantissa, exponent), rest))
}

/// Parses the exponent after the `e`.
fn whole(text: &[u8]) -> Option<(i32, &[u8])> {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] | digits => (1, digits),
    };
    let (mut number, mut rest) = (0, digits);
    while let [byte @ b'0'..=b'9', tail @ ..] = rest {
        number = (number * 10 + i32::from(byte - b'0')).min(2 * LARGEST_EXPONENT);
        rest = tail;
    }
    (rest.len() < digits.len()).then_some((sign * number, rest))
}

#[expect(clippy::cast_precision_loss, reason = "digits from the 17th on are lost, as the module says")]
fn scaled(mantissa: u64, exponent: i32) -> f64 {
    let mut value = mantissa as f64;
    if mantissa == 0 {
        return value;
    }
    let mut left = exponent.clamp(-LARGEST_EXPONENT, LARGEST_EXPONENT);
    while left != 0 {
        // Dividing by an exact power rounds once; 0.1 itself is not exact, so that multiplying by it would be less precise.
        let step = left.unsigned_abs().min(22);
        let power = EXACT.get(step as usize).copied().unwrap_or(1.0);
        let step = i32::try_from(step).unwrap_or(0);
        if left > 0 {
            value *= power;
            left -= step;
        } else {
            value /= power;
            left += step;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_from_prometheus_are_read() {
        for text in
            ["0", "-0", "1", "1.5", "0.1", "2.5e-3", "1e+00", "1795374922.371", "123456789012345", "1e21", "1E-7", "9007199254740993"]
        {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
        assert_eq!(parse("+Inf"), Some(f64::INFINITY));
        assert_eq!(parse("-Inf"), Some(f64::NEG_INFINITY));
        assert!(parse("NaN").is_some_and(f64::is_nan));
    }

    #[test]
    fn text_that_is_not_a_number_is_none() {
        for text in ["", "-", ".", ".5", "1.2.3", "1e", "1e+", "0x1", "1 ", " 1", "--1", "inf", "1e5.5", "e5"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn very_large_and_very_small_numbers_become_infinite_or_zero() {
        assert_eq!(parse("1e999999999999"), Some(f64::INFINITY));
        assert_eq!(parse("1e-999999999999"), Some(0.0));
        assert_eq!(parse("0e999999999999"), Some(0.0));
        assert_eq!(parse(&"9".repeat(400)), Some(f64::INFINITY));
        assert_eq!(parse(&format!("0.{}1", "0".repeat(300))), Some(1e-301));
    }

    proptest! {
        #[test]
        fn any_number_is_read_like_the_standard_library_reads_it(value in any::<f64>().prop_filter("finite", |value| value.is_finite())) {
            for text in [format!("{value}"), format!("{value:e}")] {
                let read = parse(&text).unwrap();
                // Subnormal numbers have fewer digits, so that their relative error is larger.
                prop_assert!((read - value).abs() <= value.abs() * 4e-15 + 1e-307, "{} {}", text, read);
            }
        }

        #[test]
        fn short_numbers_are_exact(mantissa in 0_u64..1_000_000_000_000_000, exponent in -22..=22) {
            let text = format!("{mantissa}e{exponent}");
            prop_assert_eq!(parse(&text), text.parse().ok());
        }

        #[test]
        fn no_text_panics(text in ".{0,12}") {
            let _ = parse(&text);
        }
    }
}
