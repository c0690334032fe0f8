//! Bar charts.

use crate::drawing::{SIZE, assert_crisp, assert_golden, blocks, labels, measure};
use chart::bars::{Bar, Bars, Group, bars};
use chart::{Cells, Ink, Size};
use model::dashboard::{Orientation, ShowValue, Stacking};
use model::time::Utc;
use model::unit::Unit;
use text::locale::{Language, Locale};

static SHORT: Unit = Unit::SHORT;
const GAP: f64 = f64::NAN;

fn groups(groups: &[(&str, &[f64])]) -> Vec<Group> {
    let bar = |(slot, value): (usize, &f64)| {
        let text = Unit::SHORT.format(*value, None, ENGLISH);
        value.is_finite().then_some(Bar { value: *value, ink: Ink::Series(slot), text })
    };
    groups.iter().map(|(name, values)| Group { name: (*name).to_owned(), bars: values.iter().enumerate().map(bar).collect() }).collect()
}

fn hosts() -> Vec<Group> {
    groups(&[("app", &[24.0, 16.0, 3.0]), ("db", &[61.0, 19.0, 7.5]), ("monitor", &[12.0, GAP, 0.0])])
}

fn spec(groups: &[Group]) -> Bars<'_> {
    Bars {
        groups,
        stacking: Stacking::None,
        orientation: Orientation::Auto,
        show_value: ShowValue::Auto,
        min: None,
        max: None,
        unit: &SHORT,
        decimals: None,
        locale: ENGLISH,
        size: SIZE,
    }
}

fn drawn(spec: &Bars) -> Cells {
    let cells = bars(spec, &measure);
    assert_crisp(&cells.scene);
    cells
}

#[test]
fn the_bars_of_a_group_are_side_by_side() {
    let cells = drawn(&spec(&hosts()));
    // Of nine bars one has no value and one is zero.
    assert_eq!((blocks(&cells.scene).len(), cells.rows.len(), cells.rows[0].len()), (7, 1, 3));
    assert!(["app", "db", "monitor", "61", "7.50"].iter().all(|text| labels(&cells.scene).contains(&(*text).to_owned())));
    assert_golden("groups_of_bars", &cells.scene);
}

#[test]
fn bars_are_horizontal_if_their_names_need_more_space() {
    let names = ["the first with a long name", "second", "/api/v1/label/:name/values and more of what is not shown of a name", "d", "e"];
    let all: Vec<(&str, &[f64])> =
        names.iter().copied().zip([[1_250.0], [830.0], [400.0], [90.0], [2.0]].iter().map(<[f64; 1]>::as_slice)).collect();
    let groups = groups(&all);
    let cells = drawn(&spec(&groups));
    assert_eq!((cells.rows.len(), blocks(&cells.scene).len()), (5, 5));
    assert_golden("lying_bars", &cells.scene);
    let width = 320.0;
    let phone = Bars { size: Size { width, height: spec(&groups).least_height(width), ratio: 2.0 }, ..spec(&groups) };
    assert_golden("lying_bars_on_a_phone", &drawn(&phone).scene);
}

#[test]
fn stacked_bars_are_as_long_as_their_sum() {
    let hosts = hosts();
    let cells = drawn(&Bars { stacking: Stacking::Normal, ..spec(&hosts) });
    let blocks = blocks(&cells.scene);
    assert_eq!(blocks.len(), 7);
    assert!(blocks.windows(2).take(2).all(|pair| (pair[0][1] - pair[1][3]).abs() < 0.1), "one on the other");
    assert_golden("stacked_bars", &cells.scene);
    let size = Size { width: 320.0, height: 150.0, ratio: 1.0 };
    let percent = Bars { stacking: Stacking::Percent, orientation: Orientation::Horizontal, size, ..spec(&hosts) };
    let cells = drawn(&percent);
    assert!(labels(&cells.scene).contains(&"100%".to_owned()));
    assert_golden("stacked_to_the_whole", &cells.scene);
}

#[test]
fn negative_bars_go_down() {
    let groups = groups(&[("mon", &[12.0]), ("tue", &[-7.0]), ("wed", &[3.0]), ("thu", &[-15.0]), ("fri", &[0.0])]);
    let cells = drawn(&spec(&groups));
    let left = cells.scene.left;
    assert_eq!((blocks(&cells.scene).len(), left.low, left.high), (4, -20.0, 20.0));
    assert_golden("negative_bars", &cells.scene);
}

#[test]
fn charts_with_one_value_or_none_are_drawn() {
    let one = groups(&[("only", &[42.0])]);
    assert_golden("one_bar", &drawn(&spec(&one)).scene);
    assert_eq!(blocks(&drawn(&spec(&[])).scene).len(), 0);
    assert_eq!(blocks(&drawn(&spec(&groups(&[("zero", &[0.0])]))).scene).len(), 0);
}

#[test]
fn bars_are_on_whole_pixels_at_every_ratio_and_size() {
    let hosts = hosts();
    for orientation in [Orientation::Horizontal, Orientation::Vertical] {
        for stacking in [Stacking::None, Stacking::Normal, Stacking::Percent] {
            for ratio in [1.0, 1.25, 1.5, 2.0, 3.0] {
                for (width, height) in [(560.0, 180.0), (321.7, 133.3), (90.0, 60.0), (10.0, 10.0), (0.0, 0.0)] {
                    drawn(&Bars {
                        orientation,
                        stacking,
                        size: Size { width, height, ratio },
                        show_value: ShowValue::Always,
                        ..spec(&hosts)
                    });
                }
            }
        }
    }
}
const ENGLISH: Locale<'static> = Locale { language: Language::En, zone: &Utc, now: 0 };

#[test]
fn a_value_that_is_too_large_takes_only_its_own_bar() {
    for large in [f64::MAX, -1.7e308, 1e101] {
        let hosts = groups(&[("app", &[24.0, large]), ("db", &[61.0, 1e-310]), ("monitor", &[12.0])]);
        for stacking in [Stacking::None, Stacking::Normal, Stacking::Percent] {
            let cells = drawn(&Bars { stacking, ..spec(&hosts) });
            assert!(blocks(&cells.scene).len() >= 3, "{large} {stacking:?}");
        }
    }
}

/// Any number, and often one at the ends of what a float holds.
fn number() -> impl proptest::strategy::Strategy<Value = f64> {
    let extremes = vec![f64::MAX, 1.6e308, -1.7e308, 1e101, 1e100, 1e-300, 1e-310, 0.0, 100.0];
    proptest::prop_oneof![proptest::num::f64::ANY, proptest::sample::select(extremes)]
}

proptest::proptest! {
    #[test]
    fn any_values_and_limits_are_drawn_inside_the_plot(
        values in proptest::collection::vec(proptest::collection::vec(number(), 0..4), 0..6),
        limits in proptest::array::uniform2(proptest::option::of(number())),
        stacking in proptest::sample::select(vec![Stacking::None, Stacking::Normal, Stacking::Percent]),
        orientation in proptest::sample::select(vec![Orientation::Horizontal, Orientation::Vertical]),
    ) {
        let named: Vec<(&str, &[f64])> = values.iter().map(|values| ("group", values.as_slice())).collect();
        let groups = groups(&named);
        let [min, max] = limits;
        let cells = bars(&Bars { min, max, stacking, orientation, ..spec(&groups) }, &measure);
        let plot = cells.scene.plot;
        for [left, top, right, bottom] in blocks(&cells.scene) {
            let is_inside = left >= plot.left - 1.0 && right <= plot.right + 1.0 && top >= plot.top - 1.0 && bottom <= plot.bottom + 1.0;
            proptest::prop_assert!(is_inside, "{left} {top} {right} {bottom} in {plot:?}");
        }
        proptest::prop_assert!(labels(&cells.scene).len() < 100);
    }
}
