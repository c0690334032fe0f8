use super::*;
use text::time::iana::Iana;

fn stockholm() -> Iana {
    Iana::named("Europe/Stockholm")
}

fn utc(text: &str) -> Millis {
    parse_instant(text).unwrap()
}

fn window(from: &str, to: &str, now: &str, zone: &dyn Zone) -> Option<Window> {
    TimeRange::parse(from, to).unwrap().resolve(utc(now), zone)
}

#[test]
fn absolute_times_are_read() {
    let cases = [
        ("1690000000781", 1_690_000_000_781),
        ("2023-07-22T04:26:40Z", 1_690_000_000_000),
        ("2023-07-22T06:26:40+02:00", 1_690_000_000_000),
        ("2023-07-22 04:26:40.5", 1_690_000_000_500),
        ("2023-07-22", 1_689_984_000_000),
        ("2023-07-22T04:26", 1_689_999_960_000),
    ];
    for (text, expected) in cases {
        assert_eq!(TimePoint::parse(text).and_then(|point| point.base), Some(expected), "{text}");
    }
}

#[test]
fn text_that_is_not_a_time_is_refused() {
    for text in
        ["", "later", "now-", "now-6x", "now/2d", "now*1h", "2023-13-01", "2023-07-22T25:00", "99999999999999999", "now-9999999h", "now-1"]
    {
        assert!(TimePoint::parse(text).is_none(), "{text:?}");
    }
    // Thousands of steps in a link would make each refresh slow.
    assert!(TimePoint::parse(&format!("now{}", "/M".repeat(1_900))).is_none());
    assert!(TimePoint::parse(&format!("now{}", "-1d".repeat(16))).is_some());
}

#[test]
fn a_day_that_the_month_does_not_have_is_refused() {
    for text in ["2026-02-31", "2026-02-29T10:00Z", "2026-04-31 08:00", "2100-02-29", "2026-00-10", "2026-01-00", "2026-02-30||+1d"] {
        assert!(TimePoint::parse(text).is_none(), "{text:?}");
    }
    assert!(TimePoint::parse("2028-02-29").is_some());
}

#[test]
fn office_hours_of_today_end_at_five() {
    let now = "2026-05-13T12:34:56Z";
    let office = window("now/d+9h", "now/d+17h", now, &Utc);
    assert_eq!(office, Some(Window { start: utc("2026-05-13T09:00:00Z"), end: utc("2026-05-13T17:00:00Z") }));
    assert_eq!(window("now-1w/w", "now-1w/w+1d", now, &Utc).unwrap().end, utc("2026-05-05"));
    // Without arithmetic after it, an end still rounds up.
    assert_eq!(window("now-1d/d", "now-1d/d", now, &Utc).unwrap().end, utc("2026-05-13") - 1);
    assert_eq!(window("now/d", "now/d+8h/d", now, &Utc).unwrap().end, utc("2026-05-14") - 1);
}

#[test]
fn relative_times_follow_the_clock() {
    let now = "2026-05-13T12:34:56Z";
    assert_eq!(window("now-6h", "now", now, &Utc), Some(Window { start: utc("2026-05-13T06:34:56Z"), end: utc(now) }));
    assert_eq!(window("now-d", "now", now, &Utc).unwrap().start, utc("2026-05-12T12:34:56Z"));
    assert_eq!(window("now - 1h + 30m", "now", now, &Utc).unwrap().start, utc("2026-05-13T12:04:56Z"));
    assert_eq!(window("2026-05-01||+1d", "now", now, &Utc).unwrap().start, utc("2026-05-02"));
}

#[test]
fn rounding_gives_whole_units() {
    let now = "2026-05-13T12:34:56Z";
    assert_eq!(window("now/d", "now/d", now, &Utc), Some(Window { start: utc("2026-05-13"), end: utc("2026-05-14") - 1 }));
    assert_eq!(window("now/w", "now", now, &Utc).unwrap().start, utc("2026-05-11"));
    assert_eq!(window("now/M", "now", now, &Utc).unwrap().start, utc("2026-05-01"));
    assert_eq!(window("now/Q", "now", now, &Utc).unwrap().start, utc("2026-04-01"));
    assert_eq!(window("now/y", "now", now, &Utc).unwrap().start, utc("2026-01-01"));
    assert_eq!(window("now/d+8h", "now", now, &Utc).unwrap().start, utc("2026-05-13T08:00:00Z"));
}

#[test]
fn a_day_of_a_clock_change_is_23_or_25_hours_long() {
    let spring = window("now/d", "now/d", "2026-03-29T12:00:00Z", &stockholm()).unwrap();
    assert_eq!(spring, Window { start: utc("2026-03-28T23:00:00Z"), end: utc("2026-03-29T22:00:00Z") - 1 });
    let autumn = window("now/d", "now/d", "2026-10-25T12:00:00Z", &stockholm()).unwrap();
    assert_eq!(autumn.length() + 1, 25 * HOUR);
}

#[test]
fn a_day_without_a_midnight_begins_an_hour_later() {
    let today = window("now/d", "now/d", "2026-03-08T12:00:00Z", &Iana::named("America/Havana")).unwrap();
    assert_eq!(today, Window { start: utc("2026-03-08T05:00:00Z"), end: utc("2026-03-09T04:00:00Z") - 1 });
}

#[test]
fn a_day_ago_is_the_same_local_time() {
    let start = window("now-1d", "now", "2026-03-29T12:00:00Z", &stockholm()).unwrap().start;
    assert_eq!(start, utc("2026-03-28T13:00:00Z"));
}

#[test]
fn a_month_before_the_31st_is_the_last_day_of_a_shorter_month() {
    let start = window("now-1M", "now", "2026-03-31T12:00:00Z", &Utc).unwrap().start;
    assert_eq!(start, utc("2026-02-28T12:00:00Z"));
}

#[test]
fn a_range_that_ends_before_it_begins_is_none() {
    assert_eq!(window("now", "now-1h", "2026-05-13", &Utc), None);
}
