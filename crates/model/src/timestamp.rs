//! Instants as text: the same in every language, and never in doubt about day and month.

use super::time::{Civil, Millis, SECOND, Utc, Zone};

/// `2026-11-22 19:15:23`
pub fn date_and_time(at: Millis, zone: &dyn Zone) -> String {
    format!("{} {}", date(at, zone), time(at, zone))
}

/// `2026-11-22`
pub fn date(at: Millis, zone: &dyn Zone) -> String {
    let civil = Civil::of(at, zone);
    format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day)
}

/// `19:15:23`
pub fn time(at: Millis, zone: &dyn Zone) -> String {
    let civil = Civil::of(at, zone);
    format!("{:02}:{:02}:{:02}", civil.hour(), civil.minute(), civil.second())
}

/// The time on the day of `now`, else date and time.
pub fn short(at: Millis, now: Millis, zone: &dyn Zone) -> String {
    if date(at, zone) == date(now, zone) { time(at, zone) } else { date_and_time(at, zone) }
}

/// `2026-11-22T19:15:23.942Z`, without the fraction where there is none.
pub fn iso(at: Millis) -> String {
    let fraction = at.rem_euclid(SECOND);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:03}") };
    format!("{}T{}{fraction}Z", date(at, &Utc), time(at, &Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;

    #[test]
    fn instants_read_without_doubt() {
        let at = 1_795_374_923_942;
        assert_eq!(date_and_time(at, &Utc), "2026-11-22 19:15:23");
        assert_eq!(short(at, at + 1, &Utc), "19:15:23");
        assert_eq!(iso(at), "2026-11-22T19:15:23.942Z");
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(short(at, at + DAY, &Utc), "2026-11-22 19:15:23");
    }
}
