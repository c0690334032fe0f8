use super::*;
use model::time::{TimePoint, TimeRange, Utc};
use proptest::prelude::*;
use text::time::iana::Iana;

fn stockholm() -> Iana {
    Iana::named("Europe/Stockholm")
}

fn kathmandu() -> Iana {
    Iana::named("Asia/Kathmandu")
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

/// All labels. The second row of a label follows after a `/`.
fn labels(from: &str, to: &str, zone: &dyn Zone, width: f64) -> String {
    let both = |tick: Tick| tick.under.map_or(tick.label.clone(), |under| format!("{}/{under}", tick.label));
    ticks_of(from, to, zone, width).into_iter().map(both).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_step_depends_on_the_window() {
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
fn a_new_day_begins_at_midnight_of_the_zone() {
    assert_eq!(labels("2026-07-22T20:00:00Z", "2026-07-23T02:00:00Z", &stockholm(), 300.0), "22:00/22 jul 00:00/23 jul 02:00 04:00");
    assert_eq!(labels("2026-07-22T16:00:00Z", "2026-07-22T22:00:00Z", &kathmandu(), 300.0), "22:00/22 jul 00:00/23 jul 02:00");
}

#[test]
fn the_hour_that_is_skipped_in_spring_has_no_tick() {
    let night = labels("2026-03-28T23:00:00Z", "2026-03-29T04:00:00Z", &stockholm(), 500.0);
    assert_eq!(night, "00:00/29 mar 01:00 03:00 04:00 05:00 06:00");
    let day = labels("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", &stockholm(), 600.0);
    assert_eq!(day, "00:00/29 mar 03:00 06:00 09:00 12:00 15:00 18:00 21:00 00:00/30 mar");
}

#[test]
fn the_hour_that_is_repeated_in_autumn_is_marked_with_its_offset() {
    let night = labels("2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z", &stockholm(), 500.0);
    assert_eq!(night, "00:00/25 okt 01:00 02:00 02:00/UTC+1 03:00 04:00", "the second one shows its offset");
    let day = labels("2026-10-24T22:00:00Z", "2026-10-25T22:00:00Z", &stockholm(), 800.0);
    assert_eq!(day, "00:00/25 okt 03:00 06:00 09:00 12:00 15:00 18:00 21:00");
    let evens = labels("2026-10-24T22:00:00Z", "2026-10-25T07:00:00Z", &stockholm(), 340.0);
    assert_eq!(evens, "00:00/25 okt 02:00 04:00 06:00 08:00", "the second one is skipped with a step of two hours");
    let close = labels("2026-10-25T00:45:00Z", "2026-10-25T01:20:00Z", &stockholm(), 500.0);
    assert_eq!(close, "02:45/25 okt 02:50 02:55 02:00/UTC+1 02:05 02:10 02:15 02:20");
    let second = labels("2026-10-25T01:00:00Z", "2026-10-25T03:00:00Z", &stockholm(), 300.0);
    assert_eq!(second, "02:00/25 okt 02:30 03:00 03:30 04:00", "the first one is not in the window");
    let week: Vec<_> = ticks_of("2026-10-22", "2026-10-28", &stockholm(), 600.0).iter().map(|tick| tick.at).collect();
    assert_eq!(week.windows(2).map(|pair| (pair[1] - pair[0]) / HOUR).collect::<Vec<_>>(), [24, 24, 25, 24, 24]);
}

#[test]
fn clock_changes_of_half_an_hour_are_supported() {
    let lord_howe = Iana::named("Australia/Lord_Howe");
    let autumn = labels("2026-04-04T14:00:00Z", "2026-04-04T16:00:00Z", &lord_howe, 400.0);
    assert_eq!(autumn, "01:00/5 apr 01:30 01:30/UTC+10:30 02:00 02:30");
    let spring = labels("2026-10-03T14:30:00Z", "2026-10-03T17:30:00Z", &lord_howe, 400.0);
    assert_eq!(spring, "01:00/4 okt 01:30 02:30 03:00 03:30 04:00 04:30");
}

#[test]
fn the_first_tick_shows_its_day_even_if_the_window_begins_between_ticks() {
    assert_eq!(labels("2026-07-22T10:03:20Z", "2026-07-22T11:03:20Z", &Utc, 250.0), "10:15/22 jul 10:30 10:45 11:00");
    assert_eq!(labels("2026-12-31T20:30:00Z", "2027-01-01T02:30:00Z", &Utc, 250.0), "22:00/31 dec 00:00/1 jan 2027 02:00");
}

#[test]
fn all_languages_use_the_24_hour_clock() {
    for language in Language::ALL {
        let afternoon = ticks(window("2026-07-22T13:00:00Z", "2026-07-22T15:00:00Z"), &Utc, 300.0, &measure, language);
        assert_eq!(afternoon.last().map(|tick| tick.label.as_str()), Some("15:00"));
    }
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
fn english_month_names_are_capitalized() {
    let found = ticks(window("2026-05-01", "2026-05-04"), &Utc, 300.0, &measure, Language::En);
    assert_eq!(found[0].label, "1 May");
}

/// Days on which clocks change, and some on which they do not.
const DAYS: [&str; 8] = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-07-22", "2026-10-04", "2026-10-25", "2026-11-01", "2026-12-31"];
const ZONES: [&str; 6] = ["Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC", "America/Havana"];

/// A window of any length, often around a clock change, and its time zone.
fn view() -> impl Strategy<Value = (Window, Iana)> {
    let start = prop_oneof![
        (prop::sample::select(&DAYS[..]), -DAY..DAY).prop_map(|(day, shift)| window(day, "2027-12-31").start + shift),
        0..4_102_444_800_000_i64
    ];
    let length = prop_oneof![10 * SECOND..3 * DAY, 1..100 * DAY, 1..400 * 366 * DAY];
    (start, length, prop::sample::select(&ZONES[..]))
        .prop_map(|(start, length, zone)| (Window { start, end: start + length }, Iana::named(zone)))
}

/// The local date and time.
fn reading(at: Millis, zone: &Iana) -> (i64, i64, i64, i64) {
    let Civil { year, month, day, of_day } = Civil::of(at, zone);
    (year, month, day, of_day)
}

proptest! {
    #[test]
    fn ticks_rise_within_the_window((window, zone) in view(), width in 0.0..2000.0) {
        let found = ticks(window, &zone, width, &measure, Language::Sv);
        prop_assert!(found.iter().all(|tick| (window.start..=window.end).contains(&tick.at)));
        prop_assert!(found.is_sorted_by(|a, b| a.at < b.at), "{found:?}");
        prop_assert!(found.len() <= 21);
    }

    #[test]
    fn labels_do_not_touch((window, zone) in view(), width in 0.0..2000.0) {
        let found = ticks(window, &zone, width, &measure, Language::En);
        let middle = |tick: &Tick| width * float(tick.at - window.start) / float(window.length());
        let apart = |a: (f64, &str), b: (f64, &str)| b.0 - a.0 > f64::midpoint(measure(a.1), measure(b.1));
        prop_assert!(found.is_sorted_by(|a, b| apart((middle(a), &a.label), (middle(b), &b.label))), "{found:?}");
        let under: Vec<_> = found.iter().filter_map(|tick| Some((middle(tick), tick.under.as_deref()?))).collect();
        prop_assert!(under.is_sorted_by(|a, b| apart(*a, *b)), "{found:?}");
    }

    #[test]
    fn ticks_are_on_the_calendar_of_the_zone((window, zone) in view(), width in 100.0..2000.0) {
        for tick in ticks(window, &zone, width, &measure, Language::En) {
            let civil = Civil::of(tick.at, &zone);
            let clock = format!("{:02}:{:02}", civil.hour(), civil.minute());
            let day = format!("{} {}", civil.day, month(civil.month, true, Language::En));
            if tick.label.contains(':') {
                prop_assert!(tick.label.starts_with(&clock) && civil.of_day % SECOND == 0, "{tick:?}");
            } else {
                // Midnight, or the first instant of a day whose midnight is skipped.
                prop_assert!(civil.of_day == 0 || reading(tick.at - 1, &zone).2 != civil.day, "{tick:?}");
                let is_month = civil.day == 1 && (day.ends_with(&tick.label) || tick.label == civil.year.to_string());
                prop_assert!(tick.label == day || is_month, "{tick:?}");
            }
        }
    }

    #[test]
    fn each_day_is_shown_once_and_repeated_times_are_marked((window, zone) in view(), width in 100.0..2000.0) {
        let found = ticks(window, &zone, width, &measure, Language::En);
        let mut last: Option<Civil> = None;
        for tick in &found {
            let civil = Civil::of(tick.at, &zone);
            let under = tick.under.as_deref().unwrap_or_default();
            if tick.label.contains(':') {
                let is_new = last.is_none_or(|last| (last.month, last.day) != (civil.month, civil.day));
                prop_assert_eq!(under.starts_with(&civil.day.to_string()), is_new, "{:?}", found);
                let is_again = !is_new && last.is_some_and(|last| last.of_day >= civil.of_day);
                prop_assert_eq!(under.starts_with("UTC"), is_again, "{:?}", found);
            }
            last = Some(civil);
        }
        // A tick with a repeated local time is marked, or one between it and the first one is.
        for (index, tick) in found.iter().enumerate() {
            let twin = found.iter().take(index).position(|other| reading(other.at, &zone) == reading(tick.at, &zone));
            let marked = |from: usize| found.iter().skip(from + 1).take(index - from).any(|tick| tick.under.is_some());
            prop_assert!(twin.is_none_or(marked), "{found:?}");
        }
    }
}
