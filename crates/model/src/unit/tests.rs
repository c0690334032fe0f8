use super::*;
use crate::time::{DAY, HOUR, MINUTE};
use json::parse;
use proptest::prelude::*;

/// 3 April 2026, 21:07:05 UTC.
const NOW: Millis = 1_775_250_425_000;

/// An hour ahead of UTC.
struct Ahead;

impl crate::time::Zone for Ahead {
    fn offset(&self, _at: Millis) -> Millis {
        HOUR
    }
}

fn locale(language: Language) -> Locale<'static> {
    Locale { language, zone: &Ahead, now: NOW }
}

fn text(unit: &str, value: f64, decimals: Option<u8>, language: Language) -> String {
    Unit::from(unit.to_owned()).format(value, decimals, locale(language)).replace(['\u{a0}', '\u{202f}'], " ")
}

fn english(unit: &str, value: f64) -> String {
    text(unit, value, None, Language::En)
}

/// The units that 606 public dashboards use, most used first: 99 % of all uses.
const MOST_USED: [(&str, f64, &str); 62] = [
    ("short", 2_500_000.0, "2.50 Mil"),
    ("none", 1_234_567.0, "1 234 567"),
    ("bytes", 1_536.0, "1.50 KiB"),
    ("s", 90.0, "1.50 min"),
    ("percentunit", 0.1234, "12.3%"),
    ("ops", 12_500.0, "12.5K ops/s"),
    ("percent", 12.34, "12.3%"),
    ("Bps", 2_048.0, "2.05 kB/s"),
    ("ms", 1_500.0, "1.50 s"),
    ("reqps", 12.0, "12 req/s"),
    ("decbytes", 5e9, "5 GB"),
    ("pps", 1_250.0, "1.25 kp/s"),
    ("bps", 8e6, "8 Mb/s"),
    ("dtdurations", 93_784.0, "1 d 2 h"),
    ("binBps", 2_048.0, "2 KiB/s"),
    ("µs", 1_500.0, "1.50 ms"),
    ("iops", 340.0, "340 io/s"),
    ("rps", 3.5, "3.50 rd/s"),
    ("string", 1_234.5, "1234.5"),
    ("opm", 7.0, "7 ops/m"),
    ("locale", 1_234_567.891, "1 234 567.891"),
    ("mps", 2e6, "2M msg/s"),
    ("eps", 4.0, "4 evt/s"),
    ("dateTimeAsIso", 1_775_250_425_000.0, "2026-04-03 22:07:05"),
    ("decmbytes", 1_500.0, "1.50 GB"),
    ("celsius", 21.5, "21.5 °C"),
    ("dateTimeFromNow", 1_775_250_125_000.0, "5 min ago"),
    ("currencyUSD", 1_500.0, "$1.50K"),
    ("/ sec", 3.0, "3 / sec"),
    ("cps", 1_000.0, "1K c/s"),
    ("wps", 0.5, "0.50 wr/s"),
    ("ns", 2_500_000.0, "2.50 ms"),
    ("KBs", 3_000.0, "3 MB/s"),
    ("errps", 2.0, "2 errps"),
    ("binbps", 1_048_576.0, "1 Mib/s"),
    ("bool_yes_no", 1.0, "Yes"),
    ("bool", 0.0, "False"),
    ("bool_on_off", 2.0, "On"),
    ("connections", 7.0, "7 connections"),
    ("dateTimeAsSystem", 0.0, "1970-01-01 01:00:00"),
    ("req/s", 1_500.0, "1500 req/s"),
    ("operations", 1.0, "1 operations"),
    ("mbytes", 2_048.0, "2 GiB"),
    ("conn", 12.0, "12 conn"),
    ("dtdurationms", 93_784_000.0, "1 d 2 h"),
    ("hertz", 2.4e9, "2.40 GHz"),
    ("decbits", 1e3, "1 kb"),
    ("rotrpm", 1_200.0, "1200 rpm"),
    ("connps", 5.0, "5 connps"),
    ("documents", 3.0, "3 documents"),
    ("Entries", 3.0, "3 Entries"),
    ("Identities", 3.0, "3 Identities"),
    ("documents/s", 3.0, "3 documents/s"),
    ("err/s", 0.25, "0.25 err/s"),
    ("req", 3.0, "3 req"),
    ("time: YYYY-MM-DD HH:mm:ss", 1_775_250_425_000.0, "2026-04-03 22:07:05"),
    ("time: LT MMMM D, YYYY", 1_775_250_425_000.0, "22:07 April 3, 2026"),
    ("epm", 3.0, "3 evts/m"),
    ("rds", 3.0, "3 rds"),
    ("MBs", 0.5, "500 kB/s"),
    ("h", 36.0, "1.50 d"),
    ("errors", 2.0, "2 errors"),
];

/// Units that are free texts or custom forms, not ids of Grafana.
const WORDS: [&str; 18] = [
    "/ sec",
    "errps",
    "connections",
    "req/s",
    "operations",
    "conn",
    "connps",
    "documents",
    "Entries",
    "Identities",
    "documents/s",
    "err/s",
    "req",
    "time: YYYY-MM-DD HH:mm:ss",
    "time: LT MMMM D, YYYY",
    "rds",
    "errors",
    "suffix:rpm",
];

#[test]
fn the_most_used_units_are_known_and_written_as_expected() {
    for (unit, value, expected) in MOST_USED {
        assert_eq!(english(unit, value), expected, "{value} {unit}");
        assert!(WORDS.contains(&unit) || forms::FORMS.iter().any(|(id, ..)| *id == unit), "{unit} is not a known id");
    }
}

#[test]
fn numbers_are_written_in_their_unit() {
    let cases = [
        ("none", 1234.5, "1235"),
        ("none", 0.25, "0.25"),
        ("none", 0.000_12, "0.00012"),
        ("none", 1e-17, "0"),
        ("none", 1.25e21, "1.25e+21"),
        ("", 3.0, "3"),
        ("short", 1_234.0, "1.23 K"),
        ("short", -1_500.0, "−1.50 K"),
        ("short", 999.0, "999"),
        ("bytes", 5.0 * 1024.0 * 1024.0 * 1024.0, "5 GiB"),
        ("bytes", 0.0, "0 B"),
        ("bytes", -1_536.0, "−1.50 KiB"),
        ("decbytes", 999_600.0, "1.00 MB"),
        ("Bps", 0.05, "0.050 B/s"),
        ("hertz", 0.05, "50 mHz"),
        ("hertz", 0.0, "0 Hz"),
        ("s", 0.0123, "12.3 ms"),
        ("s", 0.0, "0 s"),
        ("s", 3.0 * 31_536_000.0, "3 y"),
        ("ms", 0.5, "500 µs"),
        ("dtdurations", 7_205.0, "2 h"),
        ("dtdurations", 59.6, "1 min"),
        ("dtdurations", 0.25, "250 ms"),
        ("dtdurations", 0.0, "0 s"),
        ("dtdurations", -7_300.0, "−2 h 1 min"),
        ("dtdurations", 1e13, "317 098 y"),
        ("sci", 123_456.0, "1.23e+5"),
        ("sci", 0.000_123, "1.23e−4"),
        ("string", 0.000_5, "0.0005"),
        ("currencySEK", 1_500.0, "1.50K kr"),
        ("currencyUSD", -0.5, "−$0.50"),
        ("dateTimeFromNow", 1_775_250_425_000.0, "0 s ago"),
        ("dateTimeFromNow", 1_775_509_625_000.0, "in 3 d"),
        ("dateTimeAsIso", 1e18, "1e+18"),
    ];
    for (unit, value, expected) in cases {
        assert_eq!(english(unit, value), expected, "{value} {unit}");
    }
}

#[test]
fn custom_forms_are_read_as_in_grafana() {
    let cases = [
        ("suffix:s", 90.0, "90 s"),
        ("suffix:", 90.0, "90"),
        ("prefix:v", 90.0, "v90"),
        ("prefix:v", -9.0, "−v9"),
        ("si:mV", 1_500.0, "1.50 V"),
        ("si:B", 1_500.0, "1.50 kB"),
        ("count:tries", 1_500.0, "1.50K tries"),
        ("currency:¥", 1_500.0, "¥1.50K"),
        ("bool:up/down", 1.0, "up"),
        ("bool:up/down", 0.0, "down"),
        ("bool:up", 0.0, "–"),
        ("time:HH:mm", 0.0, "01:00"),
        ("a:b", 1.0, "1 a:b"),
    ];
    for (unit, value, expected) in cases {
        assert_eq!(english(unit, value), expected, "{value} {unit}");
    }
}

#[test]
fn nan_infinity_and_minus_zero_have_texts() {
    assert_eq!(english("bytes", f64::NAN), "–");
    assert_eq!(english("bool", f64::NAN), "–");
    assert_eq!(english("dateTimeAsIso", f64::INFINITY), "∞");
    assert_eq!(english("none", f64::NEG_INFINITY), "−∞");
    assert_eq!(english("none", -0.0), "0");
}

#[test]
fn swedish_has_its_own_separator_and_words() {
    let cases = [
        ("percent", 12.34, "12,3 %"),
        ("none", 1.25e21, "1,25e+21"),
        ("dtdurations", 400.0 * 86_400.0, "1 år 35 d"),
        ("s", 2.5 * 31_536_000.0, "2,50 år"),
        ("bool", 1.0, "Sant"),
        ("bool_yes_no", 0.0, "Nej"),
        ("bool:up/down", 0.0, "down"),
        ("dateTimeFromNow", 1_775_250_125_000.0, "för 5 min sedan"),
        ("dateTimeFromNow", 1_775_509_625_000.0, "om 3 d"),
        ("time:D MMMM", 0.0, "1 januari"),
    ];
    for (unit, value, expected) in cases {
        assert_eq!(text(unit, value, None, Language::Sv), expected, "{value} {unit}");
    }
}

#[test]
fn given_decimals_are_used() {
    for (unit, value, decimals, expected) in [
        ("percent", 5.0, 1, "5.0%"),
        ("none", 1e-17, 2, "0.00"),
        ("locale", 1.234_567, 4, "1.2346"),
        ("dtdurations", 93_784.0, 0, "1 d"),
        ("dtdurations", 93_784.0, 2, "1 d 2 h 3 min"),
    ] {
        assert_eq!(text(unit, value, Some(decimals), Language::En), expected, "{value} {unit}");
    }
}

#[test]
fn ids_survive_a_round_trip() {
    for unit in MOST_USED.iter().map(|(unit, ..)| *unit).chain(WORDS).chain(forms::FORMS.iter().map(|(id, ..)| *id)) {
        let json = serde_json::to_string(&Unit::from(unit.to_owned())).unwrap();
        let back = Unit::from_json(&parse(json.as_bytes()).unwrap()).unwrap();
        assert_eq!((json, back), (format!("\"{unit}\""), Unit::from(unit.to_owned())));
    }
}

#[test]
fn no_id_is_there_twice() {
    for (index, (id, ..)) in forms::FORMS.iter().enumerate() {
        assert_eq!(forms::FORMS.iter().position(|(other, ..)| other == id), Some(index), "{id}");
    }
}

#[test]
fn past_instants_are_written_in_the_unit_that_fits() {
    let ago = |distance: Millis| from_now(-distance, Language::En).replace('\u{a0}', " ");
    for (distance, expected) in
        [(999, "0 s ago"), (MINUTE, "1 min ago"), (HOUR + MINUTE, "1 h ago"), (59 * DAY, "59 d ago"), (800 * DAY, "2 y ago")]
    {
        assert_eq!(ago(distance), expected);
    }
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(Unit::samples())
}

proptest! {
    #[test]
    fn every_value_has_a_short_text(
        unit in any_unit(), value in prop_oneof![any::<f64>(), -1e15..1e15_f64, -10.0..10.0_f64], decimals in prop::option::of(0_u8..4),
    ) {
        for language in Language::ALL {
            let text = text(&unit.0, value, decimals, language);
            prop_assert!(!text.is_empty() && text.chars().count() <= 34, "{unit:?} {value}: {text}");
            prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{unit:?} {value}: {text}");
        }
    }

    #[test]
    fn the_text_of_a_number_parses_back_to_it(unit in any_unit(), value in prop_oneof![-1e9..1e9_f64, -1.0..1.0_f64]) {
        let scale = unit.scale(value, Language::En);
        let text = scale.format(value, 6).replace('\u{202f}', "").replace('−', "-");
        let digits: String = text.chars().filter(|letter| matches!(letter, '-' | '.' | '0'..='9')).take(24).collect();
        prop_assume!(!text.contains('e') && !text.contains('x'));
        let read: f64 = digits.parse().unwrap();
        prop_assert!((read * scale.divisor - value).abs() <= scale.divisor * 1e-6 + value.abs() * 1e-14, "{value}: {text}");
    }
}
