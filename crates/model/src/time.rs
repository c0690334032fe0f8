//! Time: instants, windows, the range that somebody chose, and the step grid.
//!
//! A *chosen* range ("the last 6 hours") stays as it was written. A *window* is what it resolves to at one instant. The grammar of
//! chosen ranges is Grafana's: epoch milliseconds, ISO 8601, or `now-6h/d`.

use std::fmt;

/// Milliseconds since the Unix epoch, or a length of time in milliseconds.
pub type Millis = i64;

/// One second, in milliseconds.
pub const SECOND: Millis = 1_000;
/// One minute, in milliseconds.
pub const MINUTE: Millis = 60 * SECOND;
/// One hour, in milliseconds.
pub const HOUR: Millis = 60 * MINUTE;
/// One day of 24 hours, in milliseconds.
pub const DAY: Millis = 24 * HOUR;

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

/// The rules of a time zone: pure code asks, the browser answers.
pub trait Zone {
    /// Milliseconds to add to UTC at the instant `at`.
    fn offset(&self, at: Millis) -> Millis;
}

/// Coordinated universal time.
#[derive(Clone, Copy, Debug)]
pub struct Utc;

impl Zone for Utc {
    fn offset(&self, _at: Millis) -> Millis {
        0
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

    /// How long it is when every one is as long as the next: seconds to hours. Days and longer follow the calendar.
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

/// The largest distance from the epoch that an absolute time may have: the years 0 to 9999, so that arithmetic cannot overflow.
pub const MAX_EPOCH: Millis = 253_402_300_799_999;
/// The largest number in front of a unit.
const MAX_AMOUNT: i64 = 100_000;

impl TimePoint {
    /// Reads epoch milliseconds, ISO 8601 (UTC where it names no offset) or `now` arithmetic; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let compact: String = text.split_whitespace().collect();
        let (base, rest) = if let Some(rest) = compact.strip_prefix("now") {
            (None, rest.to_owned())
        } else if let Some((absolute, rest)) = compact.split_once("||") {
            (Some(parse_instant(absolute)?), rest.to_owned())
        } else {
            // A date and a time may be set apart by a space, which `compact` has lost.
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
        for operation in &self.operations {
            at = match *operation {
                Operation::Add(amount, unit) => add(at, amount, unit, zone),
                Operation::Round(unit) => match edge {
                    Edge::Start => floor(at, unit, zone),
                    // The last millisecond of the unit, as Grafana has it.
                    Edge::End => floor(add(floor(at, unit, zone), 1, unit, zone), unit, zone) - 1,
                },
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
    /// Reads both ends; none if either is not a time.
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

    /// The window at the instant `now`; none if it would end before it begins.
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
        operations.push(match sign {
            '+' => Operation::Add(amount, unit),
            '-' => Operation::Add(-amount, unit),
            '/' if amount == 1 => Operation::Round(unit),
            _ => return None,
        });
    }
    Some(operations)
}

/// Reads epoch milliseconds or ISO 8601 (UTC where it names no offset).
pub fn parse_instant(text: &str) -> Option<Millis> {
    let parsed = text.parse().ok().or_else(|| parse_iso(text))?;
    (-MAX_EPOCH..=MAX_EPOCH).contains(&parsed).then_some(parsed)
}

/// `YYYY-MM-DD`, optionally `T` or a space and `HH:MM[:SS[.fraction]]`, optionally `Z` or `±HH:MM`.
fn parse_iso(text: &str) -> Option<Millis> {
    let (date, clock) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let mut fields = date.splitn(3, '-').map(|field| field.parse::<i64>().ok());
    let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(0..=9_999).contains(&year) {
        return None;
    }
    let (clock, offset) = split_offset(clock)?;
    let mut at = days_from_civil(year, month, day) * DAY - offset;
    if !clock.is_empty() {
        let mut fields = clock.splitn(3, ':');
        let hours: i64 = fields.next()?.parse().ok()?;
        let minutes: i64 = fields.next()?.parse().ok()?;
        let (seconds, fraction) =
            fields.next().unwrap_or("0").split_once('.').unwrap_or_else(|| (clock.splitn(3, ':').nth(2).unwrap_or("0"), ""));
        let seconds: i64 = seconds.parse().ok()?;
        let fraction: i64 = if fraction.is_empty() { 0 } else { format!("{fraction:0<3}").get(..3)?.parse().ok()? };
        if !(0..=24).contains(&hours) || !(0..=59).contains(&minutes) || !(0..=60).contains(&seconds) {
            return None;
        }
        at += hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction;
    }
    Some(at)
}

/// Takes `Z` or `±HH:MM` off the end of a time of day; the offset in milliseconds.
fn split_offset(clock: &str) -> Option<(&str, Millis)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = clock.find(['+', '-']) else { return Some((clock, 0)) };
    let (clock, offset) = clock.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = digits.get(2..4).unwrap_or("0").parse().ok()?;
    Some((clock, sign * (hours * HOUR + minutes * MINUTE)))
}

/// A date and time of day in some zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// Milliseconds since midnight on the clock.
    pub of_day: Millis,
}

impl Civil {
    /// What calendar and clock show at the instant `at`.
    pub fn of(at: Millis, zone: &dyn Zone) -> Self {
        let local = at + zone.offset(at);
        let (year, month, day) = civil_from_days(local.div_euclid(DAY));
        Self { year, month, day, of_day: local.rem_euclid(DAY) }
    }

    /// The instant at which calendar and clock show this. Of a time that does not exist (clocks put forward) the instant that it
    /// would have been; of a time that exists twice the first.
    pub fn instant(self, zone: &dyn Zone) -> Millis {
        let local = days_from_civil(self.year, self.month, self.day) * DAY + self.of_day;
        // The offset before the change, if there is one within reach, is the one that finds the first of two.
        let early = local - zone.offset(local - DAY);
        let late = local - zone.offset(local + DAY);
        let shows = |at: Millis| at + zone.offset(at) == local;
        if shows(late) && !shows(early) { late } else { early }
    }

    /// 0 is Monday.
    pub fn weekday(self) -> i64 {
        (days_from_civil(self.year, self.month, self.day) + 3).rem_euclid(7)
    }

    /// Hours on the clock, 0 to 23.
    pub fn hour(self) -> i64 {
        self.of_day / HOUR
    }

    /// Minutes on the clock, 0 to 59.
    pub fn minute(self) -> i64 {
        self.of_day / MINUTE % 60
    }

    /// Seconds on the clock, 0 to 59.
    pub fn second(self) -> i64 {
        self.of_day / SECOND % 60
    }
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
            // The 31st of a month that has only 30 days is its last day.
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
        // From the clock, since some zones are off by half an hour; by subtraction, since an hour can come twice.
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

fn days_in_month(year: i64, month: i64) -> i64 {
    let next = if month == 12 { days_from_civil(year + 1, 1, 1) } else { days_from_civil(year, month + 1, 1) };
    next - days_from_civil(year, month, 1)
}

/// Days since the epoch of a date; `day` may lie outside its month. Algorithm: Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms".
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// A length of time as Prometheus and Grafana write it: `30s`, `1m30s`, `1d`, `500ms`. In milliseconds; none if it is not one or
/// is zero.
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

/// A length of time for PromQL: the largest unit that says it in whole numbers.
pub fn format_duration(length: Millis) -> String {
    let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s")];
    let fitting = units.into_iter().find(|(unit, _)| length != 0 && length % unit == 0);
    fitting.map_or_else(|| format!("{length}ms"), |(unit, suffix)| format!("{}{suffix}", length / unit))
}

#[cfg(any(test, feature = "iana"))]
pub mod iana;
#[cfg(test)]
mod tests;
