//! Units: Grafana's ids, and numbers as text in them.

use super::decimal::fixed;
use super::locale::Language;
use crate::json::{FromJson, Value};
use serde::Serialize;

/// The unit of a value. Ids are Grafana's; an unknown id is shown behind the number as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(into = "String")]
pub enum Unit {
    /// A plain number.
    #[default]
    None,
    /// A plain number, shortened: 1.2 K, 3 Mil.
    Short,
    /// 0 to 100.
    Percent,
    /// 0 to 1, shown as percent.
    PercentUnit,
    /// Bytes in powers of 1024.
    Bytes,
    /// Bytes in powers of 1000.
    DecBytes,
    /// Bytes a second, powers of 1000.
    BytesPerSecond,
    /// Bits a second, powers of 1000.
    BitsPerSecond,
    /// Seconds, as the unit of time that fits.
    Seconds,
    /// Milliseconds, as the unit of time that fits.
    Milliseconds,
    /// Seconds, spelled as a duration: 3 d 4 h.
    Duration,
    /// Requests a second.
    RequestsPerSecond,
    /// Operations a second.
    OpsPerSecond,
    /// Any other id: a suffix.
    Suffix(String),
}

const IDS: [(&str, Unit); 13] = [
    ("none", Unit::None),
    ("short", Unit::Short),
    ("percent", Unit::Percent),
    ("percentunit", Unit::PercentUnit),
    ("bytes", Unit::Bytes),
    ("decbytes", Unit::DecBytes),
    ("Bps", Unit::BytesPerSecond),
    ("bps", Unit::BitsPerSecond),
    ("s", Unit::Seconds),
    ("ms", Unit::Milliseconds),
    ("dtdurations", Unit::Duration),
    ("reqps", Unit::RequestsPerSecond),
    ("ops", Unit::OpsPerSecond),
];

impl From<String> for Unit {
    fn from(id: String) -> Self {
        let known = IDS.iter().find(|(known, _)| *known == id);
        known.map_or_else(|| Self::Suffix(id.strip_prefix("suffix:").unwrap_or(&id).to_owned()), |(_, unit)| unit.clone())
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        match unit {
            // Marked, so that a suffix that is also an id stays a suffix.
            Unit::Suffix(suffix) => format!("suffix:{suffix}"),
            known => IDS.iter().find(|(_, unit)| *unit == known).map(|(id, _)| (*id).to_owned()).unwrap_or_default(),
        }
    }
}

impl FromJson for Unit {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        String::from_json(value).map(Self::from)
    }
}

/// How the numbers of one axis or one value are written: all by the same factor, with the same suffix.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// What a value is divided by.
    pub divisor: f64,
    /// What stands behind the number, without the space.
    pub suffix: String,
    /// Whether a space stands between number and suffix.
    spaced: bool,
    language: Language,
}

const IEC: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const SI: [&str; 7] = ["", "k", "M", "G", "T", "P", "E"];
const SHORT: [&str; 5] = ["", "K", "Mil", "Bil", "Tri"];
/// Units of time and their length in seconds, longest first.
const TIMES: [(f64, &str); 7] = [(86_400.0, "d"), (3_600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
/// Seconds spell as at most this many parts: more is noise.
const DURATION_PARTS: usize = 2;

impl Unit {
    /// The scale that suits numbers up to `magnitude` (in this unit, of any sign).
    pub fn scale(&self, magnitude: f64, language: Language) -> Scale {
        let magnitude = if magnitude.is_finite() { magnitude.abs() } else { 0.0 };
        let scale = |divisor, suffix: &str, spaced| Scale { divisor, suffix: suffix.to_owned(), spaced, language };
        let prefixed = |base, prefixes: &[&str], suffix: &str| {
            let (divisor, prefix) = prefix(magnitude, base, prefixes);
            scale(divisor, &format!("{prefix}{suffix}"), true)
        };
        match self {
            Self::None => scale(1.0, "", false),
            Self::Short => prefixed(1_000.0, &SHORT, ""),
            Self::Percent => scale(1.0, "%", language == Language::Sv),
            Self::PercentUnit => scale(0.01, "%", language == Language::Sv),
            Self::Bytes => prefixed(1_024.0, &IEC, "B"),
            Self::DecBytes => prefixed(1_000.0, &SI, "B"),
            Self::BytesPerSecond => prefixed(1_000.0, &SI, "B/s"),
            Self::BitsPerSecond => prefixed(1_000.0, &SI, "b/s"),
            Self::Seconds | Self::Duration => time_scale(magnitude, 1.0, language),
            Self::Milliseconds => time_scale(magnitude * 1e-3, 1e3, language),
            Self::RequestsPerSecond => prefixed(1_000.0, &SHORT, "req/s"),
            Self::OpsPerSecond => prefixed(1_000.0, &SHORT, "op/s"),
            Self::Suffix(suffix) => scale(1.0, suffix, true),
        }
    }

    /// `value` as text, with the number of decimals that keeps three significant digits unless `decimals` says otherwise.
    pub fn format(&self, value: f64, decimals: Option<u8>, language: Language) -> String {
        if !value.is_finite() {
            return non_finite(value).to_owned();
        }
        if *self == Self::Duration {
            return duration(value);
        }
        let scale = self.scale(value, language);
        let decimals = decimals.unwrap_or_else(|| significant_decimals(value / scale.divisor));
        scale.format(value, decimals)
    }
}

impl Scale {
    /// `value` (in the unit, not yet divided) as text with exactly `decimals` decimals.
    pub fn format(&self, value: f64, decimals: u8) -> String {
        if !value.is_finite() {
            return non_finite(value).to_owned();
        }
        let mut text = number(value / self.divisor, decimals, self.language);
        if !self.suffix.is_empty() {
            if self.spaced {
                text.push('\u{a0}');
            }
            text.push_str(&self.suffix);
        }
        text
    }
}

fn non_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "–"
    } else if value > 0.0 {
        "∞"
    } else {
        "−∞"
    }
}

fn prefix<'a>(magnitude: f64, base: f64, prefixes: &[&'a str]) -> (f64, &'a str) {
    let mut divisor = 1.0;
    let mut chosen = "";
    for (index, prefix) in prefixes.iter().enumerate() {
        if index > 0 {
            // What rounds up to the base is written in the next prefix: 1 kB, not 1000 B.
            if magnitude / divisor < base - 0.5 {
                break;
            }
            divisor *= base;
        }
        chosen = prefix;
    }
    (divisor, chosen)
}

/// The scale for `seconds`, for values that count `per_second` of their unit in a second.
fn time_scale(seconds: f64, per_second: f64, language: Language) -> Scale {
    let fitting = TIMES.iter().find(|(length, _)| seconds >= *length * 0.999_5);
    // Zero reads best in seconds, and what is shorter than a nanosecond in nanoseconds.
    let fallback = if seconds > 0.0 { (1e-9, "ns") } else { (1.0, "s") };
    let (length, suffix) = fitting.copied().unwrap_or(fallback);
    Scale { divisor: length * per_second, suffix: suffix.to_owned(), spaced: true, language }
}

/// Three significant digits, at most three decimals, none for whole numbers.
fn significant_decimals(value: f64) -> u8 {
    let magnitude = value.abs();
    if (magnitude - magnitude.round()).abs() < 1e-9 || magnitude >= 99.95 {
        0
    } else if magnitude >= 9.995 {
        1
    } else if magnitude >= 0.1 {
        2
    } else {
        3
    }
}

/// A number with the language's decimal separator, a true minus sign, and groups of three digits set apart.
fn number(value: f64, decimals: u8, language: Language) -> String {
    let fixed = fixed(value.abs(), decimals);
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let zero = fixed.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut text = String::with_capacity(fixed.len() + 4);
    if value < 0.0 && !zero {
        text.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len() > 4 && (whole.len() - index).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(language.decimal_separator());
        text.push_str(fraction);
    }
    text
}

/// Seconds as `3 d 4 h`, `12 min 5 s`, `340 ms`. The same in both languages.
fn duration(seconds: f64) -> String {
    let magnitude = seconds.abs();
    let sign = if seconds < 0.0 { "−" } else { "" };
    if magnitude < 1.0 {
        return format!("{sign}{}\u{a0}ms", fixed(magnitude * 1e3, 0));
    }
    let mut rest = magnitude.round();
    let mut text = sign.to_owned();
    let mut parts = 0;
    for (length, suffix) in [(31_536_000.0, "y"), (86_400.0, "d"), (3_600.0, "h"), (60.0, "min"), (1.0, "s")] {
        let count = (rest / length).floor();
        if count > 0.0 {
            if parts > 0 {
                text.push(' ');
            }
            text.extend([fixed(count, 0).as_str(), "\u{a0}", suffix]);
            rest -= count * length;
        }
        // A part that is zero counts once the first is written: 2 h 0 min 5 s is as good as 2 h.
        parts += usize::from(count > 0.0 || parts > 0);
        if parts == DURATION_PARTS {
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(unit: &str, value: f64) -> String {
        Unit::from(unit.to_owned()).format(value, None, Language::En).replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn numbers_read_in_their_unit() {
        let cases = [
            ("none", 1234.5, "1234"),
            ("none", 0.25, "0.25"),
            ("none", 1_234_567.0, "1 234 567"),
            ("short", 1_234.0, "1.23 K"),
            ("short", 999.0, "999"),
            ("short", 2_500_000.0, "2.50 Mil"),
            ("percent", 12.34, "12.3%"),
            ("percentunit", 0.1234, "12.3%"),
            ("bytes", 1_536.0, "1.50 KiB"),
            ("bytes", 5.0 * 1024.0 * 1024.0 * 1024.0, "5 GiB"),
            ("bytes", 0.0, "0 B"),
            ("decbytes", 5_000_000_000.0, "5 GB"),
            ("decbytes", 999_600.0, "1.00 MB"),
            ("Bps", 2_048.0, "2.05 kB/s"),
            ("bps", 8_000_000.0, "8 Mb/s"),
            ("s", 0.0123, "12.3 ms"),
            ("s", 90.0, "1.50 min"),
            ("s", 0.0, "0 s"),
            ("ms", 1_500.0, "1.50 s"),
            ("ms", 0.5, "500 µs"),
            ("dtdurations", 93_784.0, "1 d 2 h"),
            ("dtdurations", 7_205.0, "2 h"),
            ("dtdurations", 59.6, "1 min"),
            ("dtdurations", 0.25, "250 ms"),
            ("reqps", 12.0, "12 req/s"),
            ("ops", 12_500.0, "12.5 Kop/s"),
            ("rpm", 3.0, "3 rpm"),
            ("short", -1_500.0, "−1.50 K"),
        ];
        for (unit, value, expected) in cases {
            assert_eq!(english(unit, value), expected, "{value} {unit}");
        }
    }

    #[test]
    fn numbers_that_are_none_do_not_pretend() {
        assert_eq!(english("bytes", f64::NAN), "–");
        assert_eq!(english("s", f64::INFINITY), "∞");
        assert_eq!(english("none", f64::NEG_INFINITY), "−∞");
        assert_eq!(english("none", -0.0), "0");
    }

    #[test]
    fn swedish_has_a_decimal_comma() {
        assert_eq!(Unit::Percent.format(12.34, None, Language::Sv), "12,3\u{a0}%");
    }

    #[test]
    fn decimals_are_kept_as_asked() {
        assert_eq!(Unit::Percent.format(5.0, Some(1), Language::En), "5.0%");
    }

    #[test]
    fn ids_survive_a_round_trip() {
        for (id, unit) in IDS {
            assert_eq!(Unit::from(id.to_owned()), unit);
            assert_eq!(String::from(unit), id);
        }
    }
}
