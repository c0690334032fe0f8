//! Time: instants, windows and chosen ranges.
//!
//! A *chosen* range ("the last 6 hours") stays as it was written. A *window* is what it resolves to at one instant. The grammar of
//! chosen ranges is Grafana's: epoch milliseconds, ISO 8601, or `now-6h/d`.

use std::fmt;
use text::search;
use text::time::days_in_month;

pub use text::duration::{format_duration, parse_duration};
pub use text::time::{Civil, DAY, HOUR, MAX_EPOCH, MINUTE, Millis, SECOND, Utc, Zone};
pub use text::timestamp::parse_instant;

/// A resolved range, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first instant.
    pub start: Millis,
    /// The last instant, never before `start`.
    pub end: Millis,
}

impl Window {
    /// How long it is.
    pub fn length(self) -> Millis {
        self.end - self.start
    }
}

/// A unit of Grafana's grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// `s`
    Second,
    /// `m`
    Minute,
    /// `h`
    Hour,
    /// `d`
    Day,
    /// `w`, from Monday
    Week,
    /// `M`
    Month,
    /// `Q`
    Quarter,
    /// `y`
    Year,
}

impl TimeUnit {
    fn parse(letter: char) -> Option<Self> {
        Some(match letter {
            's' => Self::Second,
            'm' => Self::Minute,
            'h' => Self::Hour,
            'd' => Self::Day,
            'w' => Self::Week,
            'M' => Self::Month,
            'Q' => Self::Quarter,
            'y' => Self::Year,
            _ => return None,
        })
    }

    /// Its length if that is fixed: seconds to hours. Days and longer units follow the calendar.
    fn fixed(self) -> Option<Millis> {
        match self {
            Self::Second => Some(SECOND),
            Self::Minute => Some(MINUTE),
            Self::Hour => Some(HOUR),
            _ => None,
        }
    }
}

/// One step of relative time: `-6h` or `/d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Add(i64, TimeUnit),
    Round(TimeUnit),
}

/// One end of a chosen range, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimePoint {
    text: String,
    /// None: now.
    base: Option<Millis>,
    operations: Vec<Operation>,
}

/// Which way `/d` rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

/// The most steps of relative time in one text, which may come from a link.
const MAX_OPERATIONS: usize = 16;
/// The largest number before a unit.
const MAX_AMOUNT: i64 = 100_000;

impl TimePoint {
    /// Reads epoch milliseconds, ISO 8601 (UTC if it has no offset) or `now` arithmetic; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let compact: String = text.split_whitespace().collect();
        let (base, rest) = if let Some(rest) = compact.strip_prefix("now") {
            (None, rest.to_owned())
        } else if let Some((absolute, rest)) = search::split_once(&compact, "||") {
            (Some(parse_instant(absolute)?), rest.to_owned())
        } else {
            // A date and a time may be separated by a space, which is missing in `compact`.
            (Some(parse_instant(text.trim())?), String::new())
        };
        let operations = parse_operations(&rest)?;
        Some(Self { text: text.trim().to_owned(), base, operations })
    }

    /// The fixed instant `at`.
    pub fn absolute(at: Millis) -> Self {
        Self { text: at.to_string(), base: Some(at), operations: Vec::new() }
    }

    /// Whether it moves with the clock.
    pub fn is_relative(&self) -> bool {
        self.base.is_none()
    }

    fn resolve(&self, now: Millis, zone: &dyn Zone, edge: Edge) -> Millis {
        let mut at = self.base.unwrap_or(now);
        // `now/d+17h` is five o'clock today as an end, too: only what is last in the text rounds up.
        let last_add = self.operations.iter().rposition(|operation| matches!(operation, Operation::Add(..)));
        for (index, operation) in self.operations.iter().enumerate() {
            at = match *operation {
                Operation::Add(amount, unit) => add(at, amount, unit, zone),
                Operation::Round(unit) if edge == Edge::Start || last_add > Some(index) => floor(at, unit, zone),
                // The last millisecond of the unit, as in Grafana.
                Operation::Round(unit) => floor(add(floor(at, unit, zone), 1, unit, zone), unit, zone) - 1,
            };
        }
        at.clamp(-MAX_EPOCH, MAX_EPOCH)
    }
}

impl fmt::Display for TimePoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// A chosen range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// Where it begins.
    pub from: TimePoint,
    /// Where it ends.
    pub to: TimePoint,
}

impl TimeRange {
    /// Reads both ends; `None` if either is not a time.
    pub fn parse(from: &str, to: &str) -> Option<Self> {
        Some(Self { from: TimePoint::parse(from)?, to: TimePoint::parse(to)? })
    }

    /// A fixed window.
    pub fn absolute(window: Window) -> Self {
        Self { from: TimePoint::absolute(window.start), to: TimePoint::absolute(window.end) }
    }

    /// Whether it moves with the clock.
    pub fn is_relative(&self) -> bool {
        self.from.is_relative() || self.to.is_relative()
    }

    /// The window at the instant `now`; `None` unless it begins before it ends.
    pub fn resolve(&self, now: Millis, zone: &dyn Zone) -> Option<Window> {
        let start = self.from.resolve(now, zone, Edge::Start);
        let end = self.to.resolve(now, zone, Edge::End);
        (start < end).then_some(Window { start, end })
    }
}

impl Default for TimeRange {
    fn default() -> Self {
        let now = || TimePoint { text: "now".into(), base: None, operations: Vec::new() };
        let hour_ago = TimePoint { text: "now-1h".into(), base: None, operations: vec![Operation::Add(-1, TimeUnit::Hour)] };
        Self { from: hour_ago, to: now() }
    }
}

fn parse_operations(text: &str) -> Option<Vec<Operation>> {
    let mut operations = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(sign) = characters.next() {
        let mut digits = String::new();
        while let Some(digit) = characters.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        let amount = if digits.is_empty() { 1 } else { digits.parse().ok().filter(|amount| *amount <= MAX_AMOUNT)? };
        let unit = TimeUnit::parse(characters.next()?)?;
        if operations.len() == MAX_OPERATIONS {
            return None;
        }
        operations.push(match sign {
            '+' => Operation::Add(amount, unit),
            '-' => Operation::Add(-amount, unit),
            '/' if amount == 1 => Operation::Round(unit),
            _ => return None,
        });
    }
    Some(operations)
}

/// `at` moved by `amount` units: hours and shorter by their length, days and longer on the calendar.
fn add(at: Millis, amount: i64, unit: TimeUnit, zone: &dyn Zone) -> Millis {
    if let Some(length) = unit.fixed() {
        return at + amount * length;
    }
    let mut civil = Civil::of(at, zone);
    match unit {
        TimeUnit::Week => civil.day += 7 * amount,
        TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year => {
            let months = match unit {
                TimeUnit::Month => amount,
                TimeUnit::Quarter => 3 * amount,
                _ => 12 * amount,
            };
            let total = civil.year * 12 + civil.month - 1 + months;
            (civil.year, civil.month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
            // In a shorter month the 31st becomes the last day.
            civil.day = civil.day.min(days_in_month(civil.year, civil.month));
        }
        _ => civil.day += amount,
    }
    civil.instant(zone)
}

/// The start of the unit that `at` lies in.
pub fn floor(at: Millis, unit: TimeUnit, zone: &dyn Zone) -> Millis {
    if matches!(unit, TimeUnit::Second | TimeUnit::Minute) {
        let length = unit.fixed().unwrap_or(SECOND);
        return at.div_euclid(length) * length;
    }
    let mut civil = Civil::of(at, zone);
    if unit == TimeUnit::Hour {
        // By local time, because some zones have an offset of half an hour. By subtraction, because a local hour can occur twice.
        return at - civil.of_day % HOUR;
    }
    civil.of_day = 0;
    match unit {
        TimeUnit::Week => civil.day -= civil.weekday(),
        TimeUnit::Month => civil.day = 1,
        TimeUnit::Quarter => (civil.month, civil.day) = ((civil.month - 1) / 3 * 3 + 1, 1),
        TimeUnit::Year => (civil.month, civil.day) = (1, 1),
        _ => {}
    }
    civil.instant(zone)
}

#[cfg(test)]
mod tests;
