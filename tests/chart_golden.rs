//! What charts look like. Each picture in `tests/golden/` is named by the behaviour that it shows and is compared byte for byte;
//! each behaviour is also asserted on the scene. `UTKIK_BLESS=1 cargo test --test chart_golden` draws the pictures anew: look at
//! them before you commit them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use plotters::prelude::SVGBackend;
use proptest::prelude::*;
use std::path::Path;
use utkik::chart::{Ink, Line, Palette, Point, Rgb, SUBPIXELS, Scene, Shape, Size, Spec, layout, paint, sparkline};
use utkik::model::color::Color;
use utkik::model::locale::Language;
use utkik::model::series::Grid;
use utkik::model::time::{DAY, HOUR, MINUTE, Millis, Utc, Window, Zone};
use utkik::model::unit::Unit;

const GAP: f64 = f64::NAN;
/// 22 July 2026, 10:00 UTC.
const MORNING: Millis = 1_784_714_400_000;
const GIB: f64 = 1_073_741_824.0;

/// Central European time of 2026: summer time from 29 March to 25 October, 01:00 UTC.
struct Stockholm;

impl Zone for Stockholm {
    fn offset(&self, at: Millis) -> Millis {
        if (1_774_746_000_000..1_792_890_000_000).contains(&at) { 2 * HOUR } else { HOUR }
    }
}

/// Close to 11 px of a common sans-serif.
fn measure(text: &str) -> f64 {
    f64::from(u16::try_from(text.chars().count()).unwrap()) * 6.0
}

fn hour(values: &[f64]) -> Line<'_> {
    let steps = i64::try_from(values.len()).unwrap() - 1;
    let grid = Grid { start: MORNING, step: HOUR / steps.max(1), len: values.len() };
    Line { grid, values, color: 0, dashed: false, stacked: false }
}

fn spec(lines: Vec<Line>) -> Spec {
    Spec {
        window: Window { start: MORNING, end: MORNING + HOUR },
        lines,
        fill_opacity: 0,
        min: None,
        max: None,
        thresholds: Vec::new(),
        unit: Unit::SHORT,
        decimals: None,
        language: Language::En,
        size: Size { width: 480.0, height: 200.0, ratio: 1.0 },
    }
}

fn scene(spec: &Spec) -> Scene {
    layout(spec, &Utc, &measure)
}

fn palette() -> Palette {
    Palette {
        text: Rgb(0x4b, 0x55, 0x63),
        grid: Rgb(0xe2, 0xe5, 0xea),
        series: vec![Rgb(0x25, 0x63, 0xeb), Rgb(0xd9, 0x77, 0x06), Rgb(0x05, 0x96, 0x69)],
        tokens: vec![(Color::Red, Rgb(0xdc, 0x26, 0x26)), (Color::Green, Rgb(0x16, 0xa3, 0x4a)), (Color::Orange, Rgb(0xea, 0x58, 0x0c))],
        heat: [Rgb(0xc7, 0xe9, 0xb4), Rgb(0x41, 0xb6, 0xc4), Rgb(0x0c, 0x2c, 0x84)],
        font: "sans-serif".into(),
    }
}

fn svg(scene: &Scene) -> String {
    let (width, height) = scene.size.device();
    let fine = (width * SUBPIXELS, height * SUBPIXELS);
    let mut svg = String::new();
    paint(scene, SVGBackend::with_string(&mut svg, fine), &palette()).unwrap();
    // The view box keeps the fractions of a pixel, the size on the page is in pixels.
    svg.replacen(&format!("width=\"{}\" height=\"{}\"", fine.0, fine.1), &format!("width=\"{width}\" height=\"{height}\""), 1)
}

#[track_caller]
fn assert_golden(name: &str, scene: &Scene) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.svg"));
    let drawn = svg(scene);
    if std::env::var_os("UTKIK_BLESS").is_some() {
        std::fs::write(&path, drawn).unwrap();
        return;
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = golden.lines().zip(drawn.lines()).find(|(golden, drawn)| golden != drawn);
    assert!(golden == drawn, "{name}.svg differs, first in {difference:#?}\nUTKIK_BLESS=1 cargo test --test chart_golden draws it anew");
}

fn lines(scene: &Scene) -> Vec<&[Point]> {
    let is_line = |shape: &&Shape| matches!(shape, Shape::Line { ink: Ink::Series(_), .. });
    scene.shapes.iter().filter(is_line).map(Shape::points).collect()
}

fn dots(scene: &Scene) -> usize {
    scene.shapes.iter().filter(|shape| matches!(shape, Shape::Dot { .. })).count()
}

fn labels(scene: &Scene) -> Vec<String> {
    scene.labels.iter().map(|label| label.text.replace('\u{a0}', " ")).collect()
}

fn wave(len: u32, period: f64) -> Vec<f64> {
    (0..len).map(|index| 50.0 + 30.0 * (f64::from(index) / period).sin() + 6.0 * (f64::from(index) * 1.7).sin()).collect()
}

#[test]
fn gap_is_a_gap() {
    let mut values = wave(121, 12.0);
    values[40..60].fill(GAP);
    let scene = scene(&Spec { fill_opacity: 20, ..spec(vec![hour(&values)]) });
    assert_eq!(lines(&scene).len(), 2);
    assert_golden("gap_is_a_gap", &scene);
}

#[test]
fn lone_sample_is_a_dot() {
    let values = [GAP, 3.0, GAP, GAP, 2.0, 4.0, 3.0, GAP, 5.0];
    let scene = scene(&spec(vec![hour(&values)]));
    assert_eq!((dots(&scene), lines(&scene).len()), (2, 1));
    assert_golden("lone_sample_is_a_dot", &scene);
}

#[test]
fn stack_keeps_gaps() {
    let mut columns = [vec![2.0; 25], vec![3.0; 25], wave(25, 4.0).iter().map(|value| value / 20.0).collect()];
    columns[1][10..16].fill(GAP);
    let stacked = columns.iter().enumerate().map(|(color, values)| Line { color, stacked: true, ..hour(values) }).collect();
    let scene = scene(&Spec { fill_opacity: 40, ..spec(stacked) });
    let areas = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Area { .. })).count();
    assert_eq!(areas, 4, "only the line with the gap has two areas");
    assert_golden("stack_keeps_gaps", &scene);
}

#[test]
fn spike_survives_decimation() {
    let mut values: Vec<f64> = (0..20_000).map(|index| 10.0 + f64::from(index % 7) / 10.0).collect();
    values[12_345] = 95.0;
    let scene = scene(&Spec { unit: Unit::PERCENT, ..spec(vec![hour(&values)]) });
    let [line] = lines(&scene)[..] else { panic!("one line") };
    assert!(line.len() <= 4 * 480, "{} points", line.len());
    let highest = line.iter().map(|point| point.y).fold(f64::MAX, f64::min) / scene.size.ratio;
    assert!((highest - scene.y_of(95.0)).abs() < 1e-6);
    assert_golden("spike_survives_decimation", &scene);
}

#[test]
fn flat_series() {
    let scene = scene(&spec(vec![hour(&[42.0; 60])]));
    assert_eq!(labels(&scene)[..3], ["30", "40", "50"]);
    assert_golden("flat_series", &scene);
}

#[test]
fn thresholds_as_lines() {
    let values: Vec<f64> = wave(121, 20.0).iter().map(|value| value / 4.0 * GIB).collect();
    let thresholds = vec![(5.0 * GIB, Color::Red), (10.0 * GIB, Color::Orange), (900.0 * GIB, Color::Green)];
    let scene = scene(&Spec { thresholds, unit: Unit::BYTES, fill_opacity: 12, ..spec(vec![hour(&values)]) });
    let tokens = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Line { ink: Ink::Token(_), .. })).count();
    assert_eq!(tokens, 2, "the third is out of range");
    assert_golden("thresholds_as_lines", &scene);
}

#[test]
fn all_nan_is_empty_axes() {
    let scene = scene(&Spec { unit: Unit::PERCENT, ..spec(vec![hour(&[GAP, f64::INFINITY, f64::NEG_INFINITY])]) });
    assert!(scene.shapes.is_empty());
    assert!(labels(&scene).contains(&"100%".to_owned()));
    assert_golden("all_nan_is_empty_axes", &scene);
}

#[test]
fn dst_day_stockholm() {
    let start = 1_774_738_800_000; // 29 March 2026, 00:00 in Stockholm
    let values = wave(47, 6.0);
    let line = Line { grid: Grid { start, step: 30 * MINUTE, len: 47 }, ..hour(&values) };
    let window = Window { start, end: start + 23 * HOUR };
    let scene = layout(&Spec { window, language: Language::Sv, ..spec(vec![line]) }, &Stockholm, &measure);
    let times: Vec<_> = labels(&scene).into_iter().filter(|label| label.contains(':')).collect();
    assert_eq!(times, ["00:00", "06:00", "12:00", "18:00", "00:00"]);
    // The clocks skip an hour between midnight and six.
    assert!((scene.x_of(start + 5 * HOUR) - scene.plot_css().left) < scene.plot_css().width() / 4.0);
    assert_golden("dst_day_stockholm", &scene);
}

#[test]
fn an_hour_that_comes_twice() {
    let start = 1_792_879_200_000;
    let values: Vec<f64> = wave(361, 5.0).iter().map(|value| value * 130.0).collect();
    let line = Line { grid: Grid { start, step: MINUTE, len: 361 }, ..hour(&values) };
    let unit = Unit::from("reqps".to_owned());
    let spec = Spec { window: Window { start, end: start + 6 * HOUR }, language: Language::Sv, unit, fill_opacity: 15, ..spec(vec![line]) };
    let scene = layout(&spec, &Stockholm, &measure);
    let night = ["00:00", "25 okt", "01:00", "02:00", "02:00", "UTC+1", "03:00", "04:00", "05:00"];
    assert_eq!(labels(&scene).into_iter().filter(|label| !label.contains("req")).collect::<Vec<_>>(), night);
    assert_golden("an_hour_that_comes_twice", &scene);
}

#[test]
fn week_in_swedish() {
    let values = wave(169, 4.0);
    let line = Line { grid: Grid { start: MORNING, step: HOUR, len: 169 }, ..hour(&values) };
    let window = Window { start: MORNING, end: MORNING + 7 * DAY };
    let spec = Spec { window, language: Language::Sv, unit: Unit::PERCENT, fill_opacity: 15, ..spec(vec![line]) };
    assert_golden("week_in_swedish", &layout(&spec, &Stockholm, &measure));
}

#[test]
fn bytes_axis() {
    let values: Vec<f64> = wave(61, 10.0).iter().map(|value| value / 90.0 * 15.6 * GIB).collect();
    let scene = scene(&Spec { unit: Unit::BYTES, fill_opacity: 12, ..spec(vec![hour(&values)]) });
    assert_eq!(labels(&scene)[..5], ["0 GiB", "4 GiB", "8 GiB", "12 GiB", "16 GiB"]);
    assert_golden("bytes_axis", &scene);
}

#[test]
fn clipped_by_max() {
    let values = wave(121, 12.0);
    let scene = scene(&Spec { max: Some(60.0), min: Some(30.0), fill_opacity: 20, ..spec(vec![hour(&values)]) });
    assert!(lines(&scene).len() > 2, "cut where it leaves the plot");
    assert_golden("clipped_by_max", &scene);
}

#[test]
fn limits_are_dashed() {
    let (values, limit) = (wave(61, 10.0), [90.0; 61]);
    let limit = Line { dashed: true, color: 1, ..hour(&limit) };
    let scene = scene(&Spec { unit: Unit::PERCENT, fill_opacity: 12, ..spec(vec![hour(&values), limit]) });
    assert_golden("limits_are_dashed", &scene);
}

#[test]
fn phone_at_ratio_three() {
    let values = wave(121, 20.0);
    let size = Size { width: 300.0, height: 160.0, ratio: 3.0 };
    let scene = scene(&Spec { size, unit: Unit::PERCENT, fill_opacity: 12, ..spec(vec![hour(&values)]) });
    assert_eq!(scene.size.device(), (900, 480));
    assert_golden("phone_at_ratio_three", &scene);
}

#[test]
fn sparkline_has_no_axes() {
    let mut values = wave(60, 6.0);
    values[20..26].fill(GAP);
    let scene = sparkline(&values, Ink::Token(Color::Green), Size { width: 160.0, height: 48.0, ratio: 1.0 });
    assert!(scene.labels.is_empty() && scene.grid.is_empty());
    assert_golden("sparkline_has_no_axes", &scene);
}

#[test]
fn instants_and_pixels_agree() {
    let scene = scene(&Spec { size: Size { width: 480.0, height: 200.0, ratio: 2.0 }, ..spec(Vec::new()) });
    let plot = scene.plot_css();
    assert_eq!((scene.time_at(plot.left), scene.time_at(plot.right)), (MORNING, MORNING + HOUR));
    assert_eq!((scene.time_at(-50.0), scene.time_at(9_999.0)), (MORNING, MORNING + HOUR));
    assert!((scene.x_of(MORNING + HOUR / 2) - f64::midpoint(plot.left, plot.right)).abs() < 1e-6);
    assert_eq!(scene.time_at(scene.x_of(MORNING + 12_345)), MORNING + 12_345);
}

#[test]
fn samples_beside_the_window_lead_to_its_edges() {
    let grid = Grid { start: MORNING - 10 * MINUTE, step: 15 * MINUTE, len: 8 };
    let values = [1.0; 8];
    let scene = scene(&spec(vec![Line { grid, ..hour(&values) }]));
    let [line] = lines(&scene)[..] else { panic!("one line") };
    assert_eq!((line[0].x, line[line.len() - 1].x), (scene.plot.left, scene.plot.right));
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -1e6..1e6, 1 => Just(f64::NAN), 1 => any::<f64>(), 1 => Just(0.0)]
}

fn any_line() -> impl Strategy<Value = (Grid, Vec<f64>, bool, bool)> {
    let grid = (-2 * HOUR..2 * HOUR, 1..HOUR);
    (grid, prop::collection::vec(any_value(), 0..80), any::<bool>(), any::<bool>()).prop_map(|((start, step), values, dashed, stacked)| {
        (Grid { start: MORNING + start, step, len: values.len() }, values, dashed, stacked)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_shapes_are_finite_and_inside_the_plot(
        lines in prop::collection::vec(any_line(), 0..5),
        length in 0..400 * DAY,
        fill_opacity in any::<u8>(),
        limits in (prop::option::of(any_value()), prop::option::of(any_value())),
        threshold in any_value(),
        (width, height) in (-10.0..900.0, -10.0..500.0),
        ratio in prop::sample::select(vec![1.0, 1.25, 2.0, 3.0]),
        unit in prop::sample::select(vec!["none", "short", "percent", "percentunit", "bytes", "Bps", "s", "ms", "dtdurations"]),
    ) {
        let line = |line| {
            let (grid, values, dashed, stacked): &(Grid, Vec<f64>, bool, bool) = line;
            Line { grid: *grid, values, color: 0, dashed: *dashed, stacked: *stacked }
        };
        let spec = Spec {
            window: Window { start: MORNING, end: MORNING + length },
            fill_opacity,
            min: limits.0,
            max: limits.1,
            thresholds: vec![(threshold, Color::Red)],
            unit: Unit::from(unit.to_owned()),
            size: Size { width, height, ratio },
            ..spec(lines.iter().map(line).collect())
        };
        let scene = layout(&spec, &Stockholm, &measure);
        let plot = scene.plot;
        for point in scene.shapes.iter().flat_map(Shape::points) {
            let near = 1e-6;
            prop_assert!(point.x >= plot.left - near && point.x <= plot.right + near, "{point:?} is beside {plot:?}");
            prop_assert!(point.y >= plot.top - near && point.y <= plot.bottom + near, "{point:?} is above or below {plot:?}");
        }
        for point in scene.grid.iter().flat_map(Shape::points).chain(scene.labels.iter().map(|label| &label.at)) {
            prop_assert!(point.x.is_finite() && point.y.is_finite());
        }
        prop_assert!(scene.range.0 < scene.range.1 && scene.range.0.is_finite() && scene.range.1.is_finite(), "{:?}", scene.range);
        svg(&scene);
    }
}
