//! The values of all series at the crosshair, highest first.

use super::plot::Plotted;
use super::pointing::{Pointing, px};
use super::reading::words;
use crate::chart::Rect;
use crate::model::dashboard::Field;
use crate::model::timestamp;
use crate::state::App;
use crate::view::ui::{Element, el};
use leptos::prelude::*;

/// More lines than this do not fit beside a crosshair.
const MAX_LINES: usize = 16;
/// Between crosshair and tooltip, CSS px.
const DISTANCE: f64 = 12.0;

/// The tooltip of a chart, without the series in `hidden`.
pub fn tooltip(app: App, pointing: Pointing, hidden: RwSignal<Vec<String>>, field: &Field) -> Element {
    let field = field.clone();
    // Always there, so that a screen reader hears what changes in it.
    el("div").attr("role", "status").live(move || content(app, pointing, hidden, &field))
}

fn content(app: App, pointing: Pointing, hidden: RwSignal<Vec<String>>, field: &Field) -> Option<Element> {
    let (scene, plot, time) = (pointing.scene.get()?, pointing.plot.get()?, pointing.time.get()?);
    let hidden = hidden.get();
    let shown = plot.series.iter().filter(|series| !hidden.contains(&series.name));
    let mut values: Vec<_> = shown.filter_map(|series| Some((series, series.at(time)?))).collect();
    let more = values.len().saturating_sub(MAX_LINES);
    let line = |(series, value): (&Plotted, f64)| {
        let mark = el("td").child(el("span").class(&series.swatch()));
        let name = el("th").attr("scope", "row").text(&series.name);
        el("tr").child(mark).child(name).child(el("td").text(&words(app, field, Some(value))))
    };
    let lines: Vec<_> = std::iter::from_fn(|| take_highest(&mut values)).take(MAX_LINES).map(line).collect();
    let at = app.zone.with(|zone| timestamp::date_and_time(time, zone));
    let rest = (more > 0).then(|| el("p").class("hint").text(&format!("+ {more}")));
    let tooltip = el("div").class("tooltip").child(el("p").class("tooltip-time").text(&at));
    let tooltip = tooltip.child(el("table").child(el("tbody").children(lines))).children(rest);

    let Rect { left, right, top, .. } = scene.plot_css();
    let x = scene.x_of(time);
    // On the side of the crosshair where there is more room.
    let (side, distance) = if x - left > right - x { ("right", scene.size.width - x) } else { ("left", x) };
    Some(tooltip.style(side, &px(distance + DISTANCE)).style("top", &px(top)))
}

/// Takes the series with the highest value out of the list. Only the first few are ever shown.
fn take_highest<'a>(values: &mut Vec<(&'a Plotted, f64)>) -> Option<(&'a Plotted, f64)> {
    let highest = values.iter().enumerate().reduce(|best, next| if next.1.1 > best.1.1 { next } else { best });
    let (index, _) = highest?;
    Some(values.remove(index))
}
