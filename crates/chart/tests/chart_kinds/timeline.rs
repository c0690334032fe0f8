//! State timelines and status histories.

use crate::drawing::{AN_HOUR, MORNING, SIZE, assert_crisp, assert_golden, blocks, labels, measure};
use chart::timeline::{Bar, Row, Timeline, least_height, timeline};
use chart::{Cells, Ink, Size};
use model::color::Color;
use model::dashboard::ShowValue;
use model::time::{MINUTE, Millis, Utc};
use text::locale::Language;

/// A bar between two times in minutes.
fn bar(from: Millis, to: Millis, text: &str, color: Color) -> Bar {
    let (from, to) = (MORNING + from * MINUTE, MORNING + to * MINUTE);
    Bar { from, to, ink: Ink::Token(color), text: text.into(), sign: color.symbol() }
}

fn row(name: &str, bars: &[Bar]) -> Row {
    Row { name: name.into(), bars: bars.to_vec() }
}

fn services() -> Vec<Row> {
    vec![
        row("web", &[bar(0, 25, "up", Color::Green), bar(25, 31, "slow", Color::Yellow), bar(31, 60, "up", Color::Green)]),
        row("db", &[bar(0, 12, "up", Color::Green), bar(12, 14, "down", Color::Red), bar(14, 60, "up", Color::Green)]),
        row("mail", &[bar(0, 20, "up", Color::Green), bar(38, 60, "down", Color::Red)]),
        row("backup", &[]),
    ]
}

fn drawn(rows: &[Row], show_value: ShowValue, size: Size) -> Cells {
    timeline(&Timeline { window: AN_HOUR, rows, show_value, language: Language::En, size }, &Utc, &measure)
}

#[test]
fn states_are_bars_and_gaps_are_empty() {
    let cells = drawn(&services(), ShowValue::Auto, SIZE);
    assert_eq!(blocks(&cells.scene).len(), 8);
    assert_eq!(cells.rows.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 2, 0]);
    assert_crisp(&cells.scene);
    assert!(labels(&cells.scene).contains(&"✕".to_owned()), "a bar of two minutes has space for a sign");
    assert_golden("states_are_bars", &cells.scene);
}

#[test]
fn names_are_above_their_rows_on_a_phone() {
    let size = Size { width: 320.0, height: least_height(4, 320.0), ratio: 2.0 };
    let mut rows = services();
    rows[3].name = "a backup with a name that is longer than the width of the whole screen".into();
    let cells = drawn(&rows, ShowValue::Auto, size);
    assert!(cells.scene.plot.left < 1.0);
    assert!(labels(&cells.scene).iter().any(|label| label.ends_with('…')));
    assert_crisp(&cells.scene);
    assert_golden("states_on_a_phone", &cells.scene);
}

#[test]
fn some_names_are_left_out_if_there_are_many_rows() {
    let rows: Vec<Row> =
        (0..40).map(|number| row(&format!("an instance with number {number}"), &[bar(number, number + 20, "busy", Color::Blue)])).collect();
    let cells = drawn(&rows, ShowValue::Always, SIZE);
    assert_eq!(blocks(&cells.scene).len(), 40);
    assert!(labels(&cells.scene).iter().filter(|label| label.starts_with("an")).count() < 14);
    assert_crisp(&cells.scene);
    assert_golden("many_rows_of_states", &cells.scene);
}

#[test]
fn each_instant_has_a_cell() {
    let colors = [(Color::Green, "up"), (Color::Yellow, "slow"), (Color::Red, "down")];
    let cell = |row: Millis, at: Millis| {
        let (color, text) = colors[usize::try_from((at / 4 + row) % 7).unwrap().min(2)];
        bar(at, at + 2, text, color)
    };
    let rows = ["web", "db", "mail"].iter().zip(0..).map(|(name, number)| {
        let instants = (0..30).map(|index| 2 * index).filter(|at| number != 1 || !(20..30).contains(at));
        row(name, &instants.map(|at| cell(number, at)).collect::<Vec<_>>())
    });
    let cells = drawn(&rows.collect::<Vec<_>>(), ShowValue::Auto, SIZE);
    assert_eq!(blocks(&cells.scene).len(), 85);
    assert_crisp(&cells.scene);
    assert_golden("each_instant_has_a_cell", &cells.scene);
}

#[test]
fn bars_are_on_whole_pixels_at_every_ratio_and_size() {
    for ratio in [1.0, 1.25, 1.5, 2.0, 3.0] {
        for (width, height) in [(560.0, 180.0), (320.0, 133.3), (90.0, 60.0), (10.0, 10.0), (0.0, 0.0)] {
            let cells = drawn(&services(), ShowValue::Always, Size { width, height, ratio });
            assert_crisp(&cells.scene);
        }
    }
}
