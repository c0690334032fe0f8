//! Golden pictures of time series charts. Each picture in `tests/golden/` is named after the behaviour that it shows, and compared pixel by
//! pixel; each behaviour is also asserted on the scene. `UTKIK_BLESS=1 cargo test --test chart_golden` writes new pictures: look at them
//! before you commit them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::float_cmp, reason = "what is crisp is whole to the last bit")]

mod any;
mod axes;
mod pictures;
mod series;
mod stacks;

use chart::{Ink, Line, Palette, Point, RARE_OPTIONS, Rgb, Scene, Shape, Side, Size, Spec, Style, ValueAxis, layout};
use model::color::Color;
use model::dashboard::{ShowPoints, ThresholdsStyle};
use model::series::Grid;
use model::time::{HOUR, Millis, Utc, Window, Zone};
use model::unit::Unit;
use pictures::{assert_picture, measure};
use text::locale::Language;

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

fn hour(values: &[f64]) -> Line<'_> {
    let steps = i64::try_from(values.len()).unwrap() - 1;
    let grid = Grid { start: MORNING, step: HOUR / steps.max(1), len: values.len() };
    Line { grid, values, ink: Ink::Series(0), style: plain(), below: None }
}

/// A style without points, except for lone samples.
fn plain() -> Style {
    Style { points: ShowPoints::Never, ..Style::default() }
}

fn filled(fill: f64) -> Style {
    Style { fill, ..plain() }
}

/// A line for each column, over an hour, each in its own colour.
fn hours<'a>(columns: &'a [Vec<f64>], style: Style) -> Vec<Line<'a>> {
    let line = |(slot, values): (usize, &'a Vec<f64>)| Line { ink: Ink::Series(slot), style, ..hour(values) };
    columns.iter().enumerate().map(line).collect()
}

fn unit(unit: Unit) -> ValueAxis {
    ValueAxis { unit, ..ValueAxis::default() }
}

fn spec(lines: Vec<Line>) -> Spec {
    Spec {
        window: Window { start: MORNING, end: MORNING + HOUR },
        lines,
        left: unit(Unit::SHORT),
        right: unit(Unit::SHORT),
        thresholds: ThresholdsStyle::Off,
        annotations: Vec::new(),
        language: Language::En,
        size: Size { width: 480.0, height: 200.0, ratio: 1.0 },
    }
}

fn scene(spec: &Spec) -> Scene {
    scene_in(spec, &Utc)
}

fn scene_in(spec: &Spec, zone: &dyn Zone) -> Scene {
    layout(spec, zone, &measure, Some(&RARE_OPTIONS)).unwrap()
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

#[track_caller]
fn assert_golden(name: &str, scene: &Scene) {
    assert_picture(name, scene, &palette());
}

fn lines(scene: &Scene) -> Vec<&[Point]> {
    let is_line = |shape: &&Shape| matches!(shape, Shape::Line { ink: Ink::Series(_), .. });
    scene.shapes.iter().filter(is_line).map(Shape::points).collect()
}

fn areas(scene: &Scene) -> Vec<&Shape> {
    scene.shapes.iter().filter(|shape| matches!(shape, Shape::Area { .. } | Shape::Block { .. })).collect()
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
