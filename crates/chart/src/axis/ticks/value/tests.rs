use super::*;
use model::time::Utc;
use proptest::prelude::*;

const ENGLISH: Locale<'static> = Locale { language: Language::En, zone: &Utc, now: 1_775_250_425_000 };
const SWEDISH: Locale<'static> = Locale { language: Language::Sv, ..ENGLISH };

fn range(low: f64, high: f64) -> Range {
    Range { low, high, low_is_fixed: false, high_is_fixed: false }
}

fn fixed(low: f64, high: f64) -> Range {
    Range { low, high, low_is_fixed: true, high_is_fixed: true }
}

fn texts(axis: Axis) -> Vec<String> {
    axis.ticks.into_iter().map(|(_, label)| label.replace(['\u{a0}', '\u{202f}'], " ")).collect()
}

fn labels(unit: &str, range: Range, most: usize) -> Vec<String> {
    texts(axis(range, most, &Unit::from(unit.to_owned()), None, ENGLISH))
}

fn powers(unit: &str, range: Range, base: f64, most: usize) -> Vec<String> {
    texts(log_axis(range, base, most, &Unit::from(unit.to_owned()), None, ENGLISH))
}

#[test]
fn steps_are_nice() {
    assert_eq!(labels("none", range(0.0, 9.0), 6), ["0", "2", "4", "6", "8", "10"]);
    assert_eq!(labels("percent", range(0.0, 100.0), 5), ["0%", "25%", "50%", "75%", "100%"]);
    assert_eq!(labels("percentunit", range(0.0, 0.043), 6), ["0%", "1%", "2%", "3%", "4%", "5%"]);
    assert_eq!(labels("none", range(-1.0, 1.0), 5), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
    assert_eq!(labels("short", range(0.0, 7_300.0), 5), ["0 K", "2 K", "4 K", "6 K", "8 K"]);
    assert_eq!(labels("reqps", range(0.0, 7_300.0), 5), ["0K req/s", "2K req/s", "4K req/s", "6K req/s", "8K req/s"]);
    assert_eq!(labels("none", range(0.0, 2.2e21), 4), ["0e+21", "1e+21", "2e+21", "3e+21"]);
    assert_eq!(labels("none", range(0.0, 2.2e-15), 4), ["0e−15", "1e−15", "2e−15", "3e−15"]);
}

#[test]
fn bytes_have_steps_of_powers_of_two() {
    let gib = 1024.0_f64.powi(3);
    assert_eq!(labels("bytes", range(0.0, 15.6 * gib), 5), ["0 GiB", "4 GiB", "8 GiB", "12 GiB", "16 GiB"]);
    assert_eq!(labels("bytes", range(0.0, 1.4 * gib), 4), ["0.0 GiB", "0.5 GiB", "1.0 GiB", "1.5 GiB"]);
    assert_eq!(labels("mbytes", range(0.0, 15_974.0), 5), ["0 GiB", "4 GiB", "8 GiB", "12 GiB", "16 GiB"]);
    assert_eq!(labels("binBps", range(0.0, 3_000.0), 4), ["0 KiB/s", "1 KiB/s", "2 KiB/s", "3 KiB/s"]);
}

#[test]
fn time_has_steps_of_the_clock() {
    assert_eq!(labels("s", range(0.0, 70.0), 6), ["0 s", "15 s", "30 s", "45 s", "60 s", "75 s"]);
    assert_eq!(labels("s", range(0.0, 0.18), 5), ["0 ms", "50 ms", "100 ms", "150 ms", "200 ms"]);
    assert_eq!(labels("ms", range(0.0, 3_400_000.0), 5), ["0 min", "15 min", "30 min", "45 min", "60 min"]);
    assert_eq!(labels("µs", range(0.0, 70e6), 6), ["0 s", "15 s", "30 s", "45 s", "60 s", "75 s"]);
    assert_eq!(labels("h", range(0.0, 22.0), 5), ["0 h", "6 h", "12 h", "18 h", "24 h"]);
    assert_eq!(labels("dtdurations", range(0.0, 40.0 * 86_400.0), 6), ["0 d", "10 d", "20 d", "30 d", "40 d"]);
    assert_eq!(labels("dtdurations", range(0.0, 500.0 * 86_400.0), 4), ["0 d", "200 d", "400 d", "600 d"]);
    assert_eq!(labels("s", range(0.0, 9.5 * YEAR), 6), ["0 y", "2 y", "4 y", "6 y", "8 y", "10 y"]);
}

#[test]
fn booleans_and_dates_have_words_as_labels() {
    assert_eq!(labels("bool", range(0.0, 1.0), 6), ["False", "True"]);
    assert_eq!(labels("bool_on_off", range(0.0, 5.0), 6), ["Off", "On"]);
    let day = 86_400_000.0;
    assert_eq!(
        labels("time:D MMM HH:mm", range(0.2 * day, 0.9 * day), 5),
        ["1 Jan 00:00", "1 Jan 06:00", "1 Jan 12:00", "1 Jan 18:00", "2 Jan 00:00"]
    );
    assert_eq!(labels("time:D MMM", range(0.2 * day, 0.9 * day), 5), ["1 Jan", "2 Jan"]);
}

#[test]
fn fixed_ends_are_not_rounded() {
    let axis = axis(fixed(0.0, 33.0), 5, &Unit::NONE, None, ENGLISH);
    assert_eq!((axis.low, axis.high), (0.0, 33.0));
    assert_eq!(axis.ticks.last().unwrap().1, "30");
}

#[test]
fn decimals_are_added_until_labels_differ() {
    let axis = axis(range(0.0, 1.0), 6, &Unit::NONE, Some(0), SWEDISH);
    assert_eq!(axis.ticks[1].1, "0,2");
}

#[test]
fn a_log10_axis_has_ticks_at_powers_of_ten() {
    assert_eq!(powers("none", range(3.0, 70.0), 10.0, 6), ["2", "5", "10", "20", "50", "100"]);
    assert_eq!(powers("none", range(3.0, 70.0), 10.0, 5), ["5", "10", "50", "100"]);
    assert_eq!(powers("none", range(3.0, 700.0), 10.0, 3), ["10", "100", "1000"]);
    assert_eq!(powers("short", range(1.0, 1e6), 10.0, 7), ["1", "10", "100", "1 K", "10 K", "100 K", "1 Mil"]);
    assert_eq!(powers("short", range(1.0, 1e6), 10.0, 6), ["1", "100", "10 K", "1 Mil"]);
    assert_eq!(powers("none", range(1.0, 1e9), 10.0, 5), ["1", "100", "10 000", "1 000 000", "100 000 000"]);
    assert_eq!(powers("none", range(1e-6, 1.0), 10.0, 4), ["0.000001", "0.0001", "0.01", "1"]);
    assert_eq!(powers("s", range(0.004, 900.0), 10.0, 6), ["10 ms", "100 ms", "1 s", "10 s", "100 s", "1000 s"]);
    assert_eq!(powers("percentunit", range(0.001, 1.0), 10.0, 6), ["0.1%", "1%", "10%", "100%"]);
}

#[test]
fn a_log2_axis_has_ticks_at_powers_of_two() {
    assert_eq!(powers("none", range(5.0, 7.0), 2.0, 6), ["4", "8"]);
    assert_eq!(powers("none", range(3.0, 60.0), 2.0, 6), ["2", "4", "8", "16", "32", "64"]);
    assert_eq!(powers("bytes", range(1.0, 1024.0 * 1024.0), 2.0, 5), ["1 B", "32 B", "1 KiB", "32 KiB", "1 MiB"]);
    assert_eq!(powers("bytes", range(1_000.0, 5e6), 10.0, 6), ["1 KiB", "32 KiB", "1 MiB"]);
}

#[test]
fn a_logarithmic_axis_has_only_positive_values() {
    assert_eq!(powers("none", range(0.0, 100.0), 10.0, 6), ["0.1", "1", "10", "100"]);
    assert_eq!(powers("none", range(-5.0, -1.0), 10.0, 6), ["0.001", "0.01", "0.1", "1"]);
    assert_eq!(powers("none", fixed(21.0, 49.0), 10.0, 4), ["30", "40"]);
    let axis = log_axis(fixed(30.0, 700.0), 10.0, 6, &Unit::NONE, Some(1), ENGLISH);
    assert_eq!((axis.low, axis.high), (30.0, 700.0));
    assert_eq!(texts(axis), ["50.0", "100.0", "200.0", "500.0"]);
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(Unit::samples())
}

/// Whether no two labels are the same.
fn are_distinct(ticks: &[(f64, String)]) -> bool {
    ticks.iter().enumerate().all(|(index, (_, label))| ticks.iter().position(|(_, other)| other == label) == Some(index))
}

proptest! {
    #[test]
    fn ticks_are_few_distinct_and_cover_the_range(
        low in prop_oneof![-1e12..1e12_f64, -10.0..10.0_f64, Just(0.0)], length in prop_oneof![1e-3..1e12_f64, 1e-3..10.0_f64], most in 3_usize..7,
        unit in any_unit(), language in prop::sample::select(&Language::ALL[..]),
    ) {
        // `range` adds space to a flatter one.
        let length = length.max(low.abs() * 2e-9);
        let axis = axis(range(low, low + length), most, &unit, None, Locale { language, ..ENGLISH });
        prop_assert!(axis.low <= low && axis.high >= low + length);
        prop_assert!(axis.ticks.len() <= most && axis.ticks.is_sorted_by(|a, b| a.0 < b.0), "{axis:?}");
        prop_assert!(are_distinct(&axis.ticks), "{axis:?}");
        // Units with words may have fewer labels than values.
        prop_assert!(axis.ticks.len() >= 2 || unit.words(low, ENGLISH).is_some(), "{axis:?}");
    }

    #[test]
    fn labels_have_no_more_decimals_than_needed(low in -1e4..1e4_f64, length in 1e-2..1e6_f64, most in 3_usize..7, unit in any_unit()) {
        let axis = axis(range(low, low + length), most, &unit, None, ENGLISH);
        prop_assume!(unit.words(low, ENGLISH).is_none());
        let decimals = |label: &str| label.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
        let step = axis.ticks[1].0 - axis.ticks[0].0;
        let most = axis.ticks.iter().map(|(_, label)| decimals(label)).max().unwrap();
        // A step of 2.5 needs one decimal more than its power of ten; a power of two needs all its decimals.
        let scale = unit.scale(axis.low.abs().max(axis.high.abs()), Language::En);
        let size = usize::try_from(-floor_log(10.0, step / scale.divisor).min(0)).unwrap();
        let is_binary = unit.steps() == Steps::Binary;
        prop_assert!(most <= if is_binary { usize::from(MAX_DECIMALS) } else { size + 1 }, "{axis:?}");
    }

    #[test]
    fn logarithmic_ticks_are_few_distinct_and_cover_the_range(
        exponent in -6.0..9.0_f64, decades in 0.01..12.0_f64, base in prop::sample::select(vec![2.0, 10.0]), most in 3_usize..7,
        unit in any_unit(), decimals in prop::option::of(0_u8..3),
    ) {
        let (low, high) = (10.0_f64.powf(exponent), 10.0_f64.powf(exponent + decades));
        let axis = log_axis(range(low, high), base, most, &unit, decimals, ENGLISH);
        prop_assert!(axis.low > 0.0 && axis.low <= low * NEAR && axis.high * NEAR >= high, "{axis:?}");
        prop_assert!(axis.ticks.len() <= most && axis.ticks.is_sorted_by(|a, b| a.0 < b.0), "{axis:?}");
        prop_assert!(axis.ticks.iter().all(|(value, _)| *value * NEAR >= axis.low && *value <= axis.high * NEAR), "{axis:?}");
        prop_assert!(are_distinct(&axis.ticks), "{axis:?}");
        prop_assert!(axis.ticks.len() >= 2 || unit.words(low, ENGLISH).is_some(), "{axis:?}");
    }

    #[test]
    fn any_range_has_an_axis_with_distinct_labels(
        ends in (-1e99..1e99_f64, any::<f64>()), exponent in -90.0..0.0_f64, base in prop::sample::select(vec![2.0, 10.0]), unit in any_unit(),
    ) {
        let low = ends.0 * 10.0_f64.powf(exponent);
        let high = if ends.1.is_normal() && ends.1 < 1e100 { ends.1.max(low + low.abs()) } else { low + low.abs() };
        prop_assume!(low < high);
        for range in [range(low, high), fixed(low, high)] {
            prop_assert!(are_distinct(&axis(range, 6, &unit, None, ENGLISH).ticks));
            prop_assert!(are_distinct(&log_axis(range, base, 6, &unit, None, ENGLISH).ticks));
        }
    }
}
