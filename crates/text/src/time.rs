//! Instants, time zones, and local dates and times.

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

/// The largest distance of an absolute time from the epoch: the end of the year 9999, so that arithmetic cannot overflow.
pub const MAX_EPOCH: Millis = 253_402_300_799_999;
/// The offsets of a time zone. Pure code calls it, and the browser's time zones implement it.
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

/// A date and time of day in a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// The local time of day: milliseconds since midnight on the clock.
    pub of_day: Millis,
}

impl Civil {
    /// The local date and time at the instant `at`.
    pub fn of(at: Millis, zone: &dyn Zone) -> Self {
        let local = at + zone.offset(at);
        let (year, month, day) = civil_from_days(local.div_euclid(DAY));
        Self { year, month, day, of_day: local.rem_euclid(DAY) }
    }

    /// The instant of this local date and time. If it does not exist (clocks put forward), the offset before the change is used; if it
    /// exists twice, the first instant is returned.
    pub fn instant(self, zone: &dyn Zone) -> Millis {
        let local = days_from_civil(self.year, self.month, self.day) * DAY + self.of_day;
        // If the offset changes within a day, the offset before the change gives the first of two instants.
        let early = local - zone.offset(local - DAY);
        let late = local - zone.offset(local + DAY);
        let shows = |at: Millis| at + zone.offset(at) == local;
        if shows(late) && !shows(early) { late } else { early }
    }

    /// 0 is Monday.
    pub fn weekday(self) -> i64 {
        (days_from_civil(self.year, self.month, self.day) + 3).rem_euclid(7)
    }

    /// The local hour, 0 to 23.
    pub fn hour(self) -> i64 {
        self.of_day / HOUR
    }

    /// The local minute, 0 to 59.
    pub fn minute(self) -> i64 {
        self.of_day / MINUTE % 60
    }

    /// The local second, 0 to 59.
    pub fn second(self) -> i64 {
        self.of_day / SECOND % 60
    }
}

/// The number of days of a month (1 to 12).
pub fn days_in_month(year: i64, month: i64) -> i64 {
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

#[cfg(any(test, feature = "iana"))]
pub mod iana;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_convert_to_dates_and_back() {
        for days in [-719_468, -1, 0, 59, 60, 11_016, 20_000, 2_932_896] {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
        assert_eq!(Civil::of(0, &Utc).weekday(), 3, "the epoch was a Thursday");
    }
}
