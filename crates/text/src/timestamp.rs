//! Instants as text, written and read. The same in every language, with the year first, so that day and month cannot be confused.

use crate::time::{Civil, DAY, HOUR, MAX_EPOCH, MINUTE, Millis, SECOND, Utc, Zone, days_from_civil, days_in_month};

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

/// `2026-11-22 19:15:23`, with its offset (`2026-10-25 02:30:00+01:00`) where clocks are put back and this local time comes twice.
pub fn unambiguous(at: Millis, zone: &dyn Zone) -> String {
    let offset = zone.offset(at);
    let is_other = |other: Millis| other != offset && zone.offset(at + offset - other) == other;
    let written = date_and_time(at, zone);
    // No zone changes its offset twice within half a day.
    if is_other(zone.offset(at - DAY / 4)) || is_other(zone.offset(at + DAY / 4)) {
        let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / MINUTE);
        format!("{written}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    } else {
        written
    }
}

/// The time if `at` is on the day of `now`, else date and time.
pub fn short(at: Millis, now: Millis, zone: &dyn Zone) -> String {
    if date(at, zone) == date(now, zone) { time(at, zone) } else { date_and_time(at, zone) }
}

/// `2026-11-22T19:15:23.942Z`, without the fraction if it is zero.
pub fn iso(at: Millis) -> String {
    let fraction = at.rem_euclid(SECOND);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:03}") };
    format!("{}T{}{fraction}Z", date(at, &Utc), time(at, &Utc))
}

/// Reads epoch milliseconds or ISO 8601 (UTC if it has no offset).
pub fn parse_instant(text: &str) -> Option<Millis> {
    let parsed = text.parse().ok().or_else(|| parse_iso(text))?;
    (-MAX_EPOCH..=MAX_EPOCH).contains(&parsed).then_some(parsed)
}

/// `YYYY-MM-DD`, optionally `T` or a space and `HH:MM[:SS[.fraction]]`, optionally `Z` or `±HH:MM`.
fn parse_iso(text: &str) -> Option<Millis> {
    let (date, clock) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let mut fields = date.splitn(3, '-').map(|field| field.parse::<i64>().ok());
    let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
    if !(1..=12).contains(&month) || !(0..=9_999).contains(&year) || !(1..=days_in_month(year, month)).contains(&day) {
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

/// Splits `Z` or `±HH:MM` off the end of a time of day. Returns the rest and the offset in milliseconds.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_with_the_year_first() {
        let at = 1_795_374_923_942;
        assert_eq!(date_and_time(at, &Utc), "2026-11-22 19:15:23");
        assert_eq!(short(at, at + 1, &Utc), "19:15:23");
        assert_eq!(iso(at), "2026-11-22T19:15:23.942Z");
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(short(at, at + DAY, &Utc), "2026-11-22 19:15:23");
    }

    #[test]
    fn a_local_time_that_comes_twice_has_its_offset() {
        let zone = crate::time::iana::Iana::named("Europe/Stockholm");
        // Clocks are put back from 03:00 to 02:00 at 01:00 UTC.
        let back = parse_instant("2026-10-25T01:00:00Z").unwrap();
        assert_eq!(unambiguous(back - HOUR / 2, &zone), "2026-10-25 02:30:00+02:00");
        assert_eq!(unambiguous(back + HOUR / 2, &zone), "2026-10-25 02:30:00+01:00");
        assert_eq!(unambiguous(back + HOUR, &zone), "2026-10-25 03:00:00");
        assert_eq!(unambiguous(back - 2 * HOUR, &zone), "2026-10-25 01:00:00");
        let zone = crate::time::iana::Iana::named("America/New_York");
        assert_eq!(unambiguous(parse_instant("2026-11-01T05:30:00Z").unwrap(), &zone), "2026-11-01 01:30:00-04:00");
        for text in ["2026-10-25 02:30:00+01:00", "2026-11-01 01:30:00-04:00"] {
            assert!(parse_instant(text).is_some(), "{text}");
        }
    }
}
