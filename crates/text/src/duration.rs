//! Durations as text.

use crate::time::{DAY, HOUR, MINUTE, Millis, SECOND};

/// Reads a duration as Prometheus and Grafana write it: `30s`, `1m30s`, `1d`, `500ms`. In milliseconds; `None` if it is invalid or
/// zero.
pub fn parse_duration(text: &str) -> Option<Millis> {
    let mut total: Millis = 0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let amount: Millis = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?;
        let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let length = match rest.get(..letters)? {
            "ms" => 1,
            "s" => SECOND,
            "m" => MINUTE,
            "h" => HOUR,
            "d" => DAY,
            "w" => 7 * DAY,
            "y" => 365 * DAY,
            _ => return None,
        };
        total = total.checked_add(amount.checked_mul(length)?)?;
        rest = rest.get(letters..)?;
    }
    (total > 0).then_some(total)
}

/// A duration for PromQL, in the largest unit that gives a whole number.
pub fn format_duration(length: Millis) -> String {
    let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s")];
    let fitting = units.into_iter().find(|(unit, _)| length != 0 && length % unit == 0);
    fitting.map_or_else(|| format!("{length}ms"), |(unit, suffix)| format!("{}{suffix}", length / unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_written() {
        for (text, length) in [("30s", 30_000), ("1m30s", 90_000), ("500ms", 500), ("1d", DAY), ("2h", 2 * HOUR)] {
            assert_eq!(parse_duration(text), Some(length), "{text}");
        }
        for text in ["", "5", "s", "5x", "0s", "-5s"] {
            assert_eq!(parse_duration(text), None, "{text:?}");
        }
        assert_eq!(format_duration(90_000), "90s");
        assert_eq!(format_duration(DAY), "1d");
        assert_eq!(format_duration(1_500), "1500ms");
    }
}
