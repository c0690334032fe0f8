use super::*;
use crate::model::time::{TimePoint, TimeRange, Utc};
use proptest::prelude::*;

/// Central European time of 2026: summer time from 29 March to 25 October, 01:00 UTC.
struct Stockholm;

impl Zone for Stockholm {
    fn offset(&self, at: Millis) -> Millis {
        let (spring, autumn) = (1_774_746_000_000, 1_792_890_000_000);
        if (spring..autumn).contains(&at) { 2 * HOUR } else { HOUR }
    }
}

/// Nepal: 5 h 45 min ahead.
struct Kathmandu;

impl Zone for Kathmandu {
    fn offset(&self, _at: Millis) -> Millis {
        5 * HOUR + 45 * MINUTE
    }
}

fn window(from: &str, to: &str) -> Window {
    assert!(TimePoint::parse(from).is_some(), "{from}");
    TimeRange::parse(from, to).unwrap().resolve(0, &Utc).unwrap()
}

fn measure(text: &str) -> f64 {
    f64::from(u16::try_from(text.chars().count()).unwrap()) * 6.0
}

fn ticks_of(from: &str, to: &str, zone: &dyn Zone, width: f64) -> Vec<Tick> {
    ticks(window(from, to), zone, width, &measure, Language::Sv)
}

/// Labels, with what stands under them after a `/`.
fn labels(from: &str, to: &str, zone: &dyn Zone, width: f64) -> String {
    let both = |tick: Tick| tick.under.map_or(tick.label.clone(), |under| format!("{}/{under}", tick.label));
    ticks_of(from, to, zone, width).into_iter().map(both).collect::<Vec<_>>().join(" ")
}

#[test]
fn steps_suit_the_window() {
    let from = "2026-07-22T10:00:00Z";
    let cases = [
        ("2026-07-22T10:01:00Z", "10:00:00/22 jul 10:00:15 10:00:30 10:00:45 10:01:00"),
        ("2026-07-22T11:00:00Z", "10:00/22 jul 10:15 10:30 10:45 11:00"),
        ("2026-07-22T16:00:00Z", "10:00/22 jul 12:00 14:00 16:00"),
        ("2026-07-24T10:00:00Z", "12:00/22 jul 00:00/23 jul 12:00 00:00/24 jul"),
        ("2026-07-29T10:00:00Z", "24 jul/2026 26 jul 28 jul"),
        ("2026-08-19T10:00:00Z", "27 jul/2026 3 aug 10 aug 17 aug"),
        ("2026-12-01T10:00:00Z", "aug/2026 sep okt nov dec"),
        ("2027-11-01T10:00:00Z", "okt/2026 jan/2027 apr jul okt"),
        ("2037-07-01T10:00:00Z", "2028 2030 2032 2034 2036"),
    ];
    for (to, expected) in cases {
        assert_eq!(labels(from, to, &Utc, 340.0), expected, "until {to}");
    }
}

#[test]
fn a_day_turns_over_at_midnight_of_the_zone() {
    assert_eq!(labels("2026-07-22T20:00:00Z", "2026-07-23T02:00:00Z", &Stockholm, 300.0), "22:00/22 jul 00:00/23 jul 02:00 04:00");
    assert_eq!(labels("2026-07-22T16:00:00Z", "2026-07-22T22:00:00Z", &Kathmandu, 300.0), "22:00/22 jul 00:00/23 jul 02:00");
}

#[test]
fn in_spring_an_hour_is_missing() {
    let night = labels("2026-03-28T23:00:00Z", "2026-03-29T04:00:00Z", &Stockholm, 500.0);
    assert_eq!(night, "00:00/29 mar 01:00 03:00 04:00 05:00 06:00");
    let day = labels("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", &Stockholm, 600.0);
    assert_eq!(day, "00:00/29 mar 03:00 06:00 09:00 12:00 15:00 18:00 21:00 00:00/30 mar");
}

#[test]
fn in_autumn_an_hour_comes_twice() {
    let night = labels("2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z", &Stockholm, 500.0);
    assert_eq!(night, "00:00/25 okt 01:00 02:00 02:00 03:00 04:00");
    let week: Vec<_> = ticks_of("2026-10-22", "2026-10-28", &Stockholm, 600.0).iter().map(|tick| tick.at).collect();
    assert_eq!(week.windows(2).map(|pair| (pair[1] - pair[0]) / HOUR).collect::<Vec<_>>(), [24, 24, 25, 24, 24]);
}

#[test]
fn a_phone_has_three_to_five_labels() {
    for (from, to) in [
        ("2026-07-22T10:03:20Z", "2026-07-22T10:08:20Z"),
        ("2026-07-22T10:03:20Z", "2026-07-22T11:03:20Z"),
        ("2026-07-22T10:03:20Z", "2026-07-22T16:03:20Z"),
        ("2026-07-22T10:03:20Z", "2026-07-23T10:03:20Z"),
        ("2026-07-20T10:03:20Z", "2026-07-27T10:03:20Z"),
    ] {
        let found = labels(from, to, &Utc, 250.0);
        assert!((3..=5).contains(&ticks_of(from, to, &Utc, 250.0).len()), "{found}");
    }
}

#[test]
fn english_months_have_capitals() {
    let found = ticks(window("2026-05-01", "2026-05-04"), &Utc, 300.0, &measure, Language::En);
    assert_eq!(found[0].label, "1 May");
}

proptest! {
    #[test]
    fn ticks_lie_in_the_window_and_apart(start in 0..4_102_444_800_000_i64, length in 1..400 * DAY * 366, width in 0.0..2000.0) {
        let window = Window { start, end: start + length };
        let found = ticks(window, &Stockholm, width, &measure, Language::Sv);
        prop_assert!(found.iter().all(|tick| (window.start..=window.end).contains(&tick.at)));
        prop_assert!(found.is_sorted_by(|a, b| width * float(b.at - a.at) / float(length) > measure(&b.label)), "{found:?}");
        prop_assert!(found.len() <= 21);
    }
}
