//! Units: Grafana's ids and custom forms (`suffix:`, `prefix:`, `time:`, `si:`, `count:`, `currency:`, `bool:`), and how values are
//! written in them.

mod forms;
mod kind;

use super::time::{MAX_EPOCH, Millis};
use json::{FromJson, Value};
use kind::Kind;
use serde::Serialize;
use std::borrow::Cow;
use text::calendar::by_pattern;
use text::decimal::{exact_decimals, fixed, floor_log, power, significant_decimals};
use text::locale::{Language, Locale};

/// The unit of a value. Ids are Grafana's; an unknown id is shown after the number as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Unit(Cow<'static, str>);

/// The meaning of an id: a row of [`forms::FORMS`].
#[derive(Clone, Copy)]
struct Form<'a> {
    kind: Kind,
    factor: f64,
    symbol: &'a str,
}

/// The distances between the ticks of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Steps {
    /// One, two and five times a power of ten.
    Decimal,
    /// Powers of two.
    Binary,
    /// Seconds, minutes, hours, days; this many of the unit are a second.
    Clock(f64),
    /// Whole numbers.
    Whole,
}

/// How the numbers of one axis or one value are written: divided by the same number, with the same texts before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// What a value is divided by.
    pub divisor: f64,
    before: String,
    after: String,
    language: Language,
}

const SI: [&str; 14] = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
/// The index in `SI` of the factor 1.
const SI_ONE: i64 = 5;
const IEC: [&str; 9] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];
const SHORT: [&str; 7] = ["", "K", "Mil", "Bil", "Tri", "Quadr", "Quint"];
const COUNT: [&str; 5] = ["", "K", "M", "B", "T"];
/// The length in seconds and the name of each unit of time, longest first. The name of the year depends on the language.
const TIMES: [(f64, &str); 8] =
    [(YEAR, ""), (86_400.0, "d"), (3_600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
/// A year of 365 days, in seconds.
pub const YEAR: f64 = 31_536_000.0;
/// How many parts of a duration are written by default.
const DURATION_PARTS: u8 = 2;
/// Durations longer than this, in seconds, are written as one number.
const LONGEST: f64 = 1e12;
/// From here on, numbers are written with an exponent.
const MANY_DIGITS: f64 = 1e15;
/// Below this the ticks of an axis have an exponent too. A single value is written as zero: most likely it is a rounding error.
const SMALL: f64 = 1e-9;
/// The maximum number of decimals of `Kind::Exact`, unless the significant digits need more.
const EXACT_DECIMALS: u8 = 3;
/// The range of magnitudes for which scales are computed. Beyond it floats underflow or overflow.
const POWERS_OF_TEN: (f64, f64) = (1e-290, 1e305);
const SPACE: char = '\u{a0}';

impl Unit {
    /// A plain number.
    pub const NONE: Self = Self::of("none");
    /// A plain number, shortened: 1.2 K, 3 Mil.
    pub const SHORT: Self = Self::of("short");
    /// 0 to 100.
    pub const PERCENT: Self = Self::of("percent");
    /// 0 to 1, written as 0 to 100.
    pub const SHARE: Self = Self::of("percentunit");
    /// Bytes in powers of 1024.
    pub const BYTES: Self = Self::of("bytes");
    /// Seconds, in the unit of time that fits.
    pub const SECONDS: Self = Self::of("s");
    /// Seconds as days, hours, minutes.
    pub const DURATION: Self = Self::of("dtdurations");

    const fn of(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    fn form(&self) -> Form<'_> {
        let id: &str = &self.0;
        if let Some(&(_, kind, factor, symbol)) = forms::FORMS.iter().find(|(known, ..)| *known == id) {
            return Form { kind, factor, symbol };
        }
        let (key, symbol) = id.split_once(':').unwrap_or(("suffix", id));
        let kind = match key {
            "suffix" => Kind::Plain,
            "prefix" => Kind::Before,
            "time" => Kind::Instant,
            "count" => Kind::Count,
            "currency" => Kind::Currency,
            "bool" => Kind::Bool,
            "si" => return si(symbol),
            _ => return Form { kind: Kind::Plain, factor: 1.0, symbol: id },
        };
        Form { kind, factor: 1.0, symbol }
    }

    /// The distances between the ticks of an axis with this unit.
    pub fn steps(&self) -> Steps {
        let Form { kind, factor, .. } = self.form();
        match kind {
            Kind::Binary => Steps::Binary,
            Kind::Time | Kind::Duration => Steps::Clock(1.0 / factor),
            Kind::Instant | Kind::Ago => Steps::Clock(1e3),
            Kind::Bool => Steps::Whole,
            _ => Steps::Decimal,
        }
    }

    /// The value of 100 % for a percentage; `None` for other units.
    pub fn whole(&self) -> Option<f64> {
        let Form { kind, factor, .. } = self.form();
        (kind == Kind::Percent).then_some(100.0 / factor)
    }

    /// Whether it is a share or an amount of something, so that an axis without zero would mislead.
    pub fn is_amount(&self) -> bool {
        matches!(self.form().kind, Kind::Percent | Kind::Count | Kind::Currency | Kind::Decimal | Kind::Binary)
    }

    /// The scale of an axis with numbers up to `magnitude` (in this unit, of any sign).
    pub fn scale(&self, magnitude: f64, language: Language) -> Scale {
        self.scale_from(SMALL, magnitude, language)
    }

    fn scale_from(&self, smallest: f64, magnitude: f64, language: Language) -> Scale {
        let Form { kind, factor, symbol } = self.form();
        let magnitude = magnitude.abs() * factor;
        let magnitude = if magnitude >= POWERS_OF_TEN.0 { magnitude.min(POWERS_OF_TEN.1) } else { 0.0 };
        let (mut divisor, prefix) = match kind {
            Kind::Short => prefixed(magnitude, 1e3, 0, &SHORT),
            Kind::Count | Kind::Currency => prefixed(magnitude, 1e3, 0, &COUNT),
            Kind::Decimal => prefixed(magnitude.max(1.0), 1e3, -SI_ONE, &SI),
            Kind::Si => prefixed(magnitude, 1e3, -SI_ONE, &SI),
            Kind::Binary => prefixed(magnitude, 1_024.0, 0, &IEC),
            Kind::Time | Kind::Duration => time_unit(magnitude, language),
            _ => (1.0, ""),
        };
        let mut after = String::new();
        let shown = magnitude / divisor;
        if shown >= MANY_DIGITS || (shown > 0.0 && shown < smallest) || kind == Kind::Exponent {
            // A number that rounds up to ten gets the next exponent.
            let exponent = floor_log(10.0, shown * 1.000_5);
            divisor *= power(10.0, exponent);
            after = format!("e{}{}", if exponent < 0 { '−' } else { '+' }, exponent.abs());
        }
        // The text right after the number, and the text after a space.
        let (close, apart) = match kind {
            Kind::Count => (prefix, ["", symbol]),
            Kind::Currency => (prefix, [""; 2]),
            Kind::Percent if language == Language::En => ("%", [""; 2]),
            Kind::Percent => ("", ["", "%"]),
            Kind::Before | Kind::Bool | Kind::Instant | Kind::Ago => ("", [""; 2]),
            _ => ("", [prefix, symbol]),
        };
        after.push_str(close);
        if apart != [""; 2] {
            after.push(SPACE);
            after.extend(apart);
        }
        let before = if matches!(kind, Kind::Before | Kind::Currency) { symbol } else { "" };
        Scale { divisor: divisor / factor, before: before.to_owned(), after, language }
    }

    /// `value` as text, with `decimals` decimals, or as many as two or three significant digits need.
    pub fn format(&self, value: f64, decimals: Option<u8>, locale: Locale) -> String {
        if !value.is_finite() {
            return non_finite(value).to_owned();
        }
        if let Some(words) = self.words(value, locale) {
            return words;
        }
        let Form { kind, factor, .. } = self.form();
        if kind == Kind::Duration && (1.0..LONGEST).contains(&(value * factor).abs()) {
            return duration(value * factor, decimals.map_or(DURATION_PARTS, |decimals| decimals.saturating_add(1)), locale.language);
        }
        let scale = self.scale_from(0.0, value, locale.language);
        let shown = value / scale.divisor;
        let significant = || significant_decimals(shown);
        let fitting = || if kind == Kind::Exact { exact_decimals(shown, significant().max(EXACT_DECIMALS)) } else { significant() };
        scale.format(value, decimals.unwrap_or_else(fitting))
    }

    /// `value` as text if this unit does not write numbers: an instant, or one of two words.
    pub fn words(&self, value: f64, locale: Locale) -> Option<String> {
        let Form { kind, symbol, .. } = self.form();
        match kind {
            Kind::Bool => {
                let swedish = forms::SWEDISH.iter().find(|(english, _)| *english == symbol && locale.language == Language::Sv);
                let (yes, no) = swedish.map_or(symbol, |(_, swedish)| *swedish).split_once('/').unwrap_or((symbol, "–"));
                Some(if value == 0.0 { no } else { yes }.to_owned())
            }
            Kind::Instant => Some(by_pattern(instant(value)?, symbol, locale)),
            Kind::Ago => Some(from_now(instant(value)? - locale.now, locale.language)),
            _ => None,
        }
    }
}

impl Default for Unit {
    fn default() -> Self {
        Self::NONE
    }
}

impl From<String> for Unit {
    fn from(id: String) -> Self {
        Self(Cow::Owned(id))
    }
}

impl FromJson for Unit {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        String::from_json(value).map(Self::from)
    }
}

impl Scale {
    /// `value` (in the unit, not yet divided) as text with exactly `decimals` decimals.
    pub fn format(&self, value: f64, decimals: u8) -> String {
        if !value.is_finite() {
            return non_finite(value).to_owned();
        }
        let digits = fixed((value / self.divisor).abs(), decimals);
        let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if value < 0.0 && !is_zero { "−" } else { "" };
        let mut text = sign.to_owned() + &self.before;
        push_localized(&mut text, &digits, self.language);
        text + &self.after
    }
}

/// The form of a `si:` unit: `kW` is 1000 `W`.
fn si(symbol: &str) -> Form<'_> {
    let mut prefixes = SI.iter().zip(-SI_ONE..).filter(|(prefix, _)| !prefix.is_empty());
    let prefixed = prefixes.find_map(|(prefix, exponent)| Some((symbol.strip_prefix(prefix)?, exponent)));
    let (symbol, exponent) = prefixed.unwrap_or((symbol, 0));
    Form { kind: Kind::Si, factor: power(1e3, exponent), symbol }
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

/// Milliseconds since the epoch; `None` if too far from it for a date.
#[expect(clippy::cast_possible_truncation, reason = "below 2^53")]
fn instant(value: f64) -> Option<Millis> {
    let at = value.round() as Millis;
    (-MAX_EPOCH..=MAX_EPOCH).contains(&at).then_some(at)
}

/// The factor and the name of the largest prefix that `magnitude` reaches after rounding: 1 kB, not 1000 B. The first prefix stands for
/// `base` to the power `first`.
fn prefixed(magnitude: f64, base: f64, first: i64, prefixes: &[&'static str]) -> (f64, &'static str) {
    // Zero is written like 1, not with the smallest prefix.
    let magnitude = if magnitude > 0.0 { magnitude } else { 1.0 };
    let mut chosen = (power(base, first), prefixes.first().copied().unwrap_or_default());
    for (prefix, exponent) in prefixes.iter().zip(first..) {
        let divisor = power(base, exponent);
        if magnitude >= divisor * (1.0 - 0.5 / base) {
            chosen = (divisor, prefix);
        }
    }
    chosen
}

fn year(language: Language) -> &'static str {
    match language {
        Language::En => "y",
        Language::Sv => "år",
    }
}

/// The length in seconds and the name of the largest unit of time that `seconds` reaches.
fn time_unit(seconds: f64, language: Language) -> (f64, &'static str) {
    let fitting = TIMES.iter().find(|(length, _)| seconds >= *length * 0.999_5);
    // Zero is written in seconds, and anything shorter than a nanosecond in nanoseconds.
    let (length, name) = fitting.copied().unwrap_or(if seconds > 0.0 { (1e-9, "ns") } else { (1.0, "s") });
    (length, if name.is_empty() { year(language) } else { name })
}

/// Appends digits with the language's decimal separator and groups of three.
fn push_localized(text: &mut String, digits: &str, language: Language) {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
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
}

/// A duration of a second or more in at most `most` parts: `3 d 4 h`, `12 min 5 s`.
fn duration(seconds: f64, most: u8, language: Language) -> String {
    let mut rest = seconds.abs().round();
    let mut text = if seconds < 0.0 { "−" } else { "" }.to_owned();
    let mut parts = 0;
    for (length, name) in TIMES.into_iter().filter(|(length, _)| *length >= 1.0) {
        let count = (rest / length).floor();
        if count > 0.0 {
            if parts > 0 {
                text.push(' ');
            }
            text.push_str(&fixed(count, 0));
            text.push(SPACE);
            text.push_str(if name.is_empty() { year(language) } else { name });
            rest -= count * length;
        }
        // After the first part, a part that is zero counts too: 2 h 0 min 5 s is written as 2 h.
        parts += u8::from(count > 0.0 || parts > 0);
        if parts == most {
            break;
        }
    }
    text
}

/// The instant `distance` after now, relative to now: `5 min ago`, `in 3 d`.
fn from_now(distance: Millis, language: Language) -> String {
    let seconds = distance.abs() / super::time::SECOND;
    let length = f64::from(u32::try_from(seconds).unwrap_or(u32::MAX));
    let length = if seconds == 0 { format!("0{SPACE}s") } else { duration(length, 1, language) };
    match (language, distance <= 0) {
        (Language::En, true) => format!("{length} ago"),
        (Language::En, false) => format!("in {length}"),
        (Language::Sv, true) => format!("för {length} sedan"),
        (Language::Sv, false) => format!("om {length}"),
    }
}

impl Unit {
    /// A unit of each known id and each custom form, for tests over all units.
    pub fn samples() -> Vec<Self> {
        let custom = ["suffix:x", "prefix:x", "si:kx", "count:x", "currency:x", "time:LT", "bool:x/y", "x"];
        forms::FORMS.iter().map(|(id, ..)| *id).chain(custom).map(Self::of).collect()
    }
}

#[cfg(test)]
mod tests;
