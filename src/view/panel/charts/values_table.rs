//! The values of a chart as a table, newest first.

use crate::state::App;
use crate::state::source::Reply;
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::values::reading::{field_of, name_of, words};
use crate::view::ui::{Element, column_heading, el};
use leptos::prelude::*;
use model::dashboard::{Panel, Target};
use model::series::Frame;
use std::sync::Arc;
use text::timestamp;

/// The most instants in a table.
const MAX_ROWS: usize = 200;
/// The most series in a table.
const MAX_COLUMNS: usize = 30;

/// The values behind the chart of a panel.
pub fn view(context: &PanelContext) -> Element {
    let PanelContext { app, query, .. } = *context;
    let panel = Arc::clone(&context.panel);
    let tables = move || {
        let Some(loaded) = query.last() else { return Vec::new() };
        let pairs = panel.targets.iter().zip(&loaded.data.replies);
        let frames = pairs.filter_map(|(target, reply)| if let Reply::Range(frame) = reply { Some((target, frame)) } else { None });
        frames.map(|(target, frame)| table(app, &panel, target, frame)).collect()
    };
    let shell = el("div").class("table-box scrolls").attr("tabindex", "0").attr("role", "group");
    shell.attr("aria-label", app.text().view_as_table).live(tables)
}

fn table(app: App, panel: &Panel, target: &Target, frame: &Frame) -> Element {
    let language = app.language();
    let series = || frame.series.iter().take(MAX_COLUMNS);
    let names: Vec<_> = series().map(|series| column_heading(&name_of(target, &series.labels, language))).collect();
    let row = |index: usize| {
        let at = app.zone.with(|zone| timestamp::date_and_time(frame.grid.time(index), zone));
        let value = |values: &[f64]| values.get(index).copied().filter(|value| !value.is_nan());
        let cell = |values: &[f64]| el("td").text(&words(app, field_of(panel, target), value(values)));
        let cells: Vec<_> = series().map(|series| cell(&series.values)).collect();
        el("tr").child(el("th").attr("scope", "row").text(&at)).children(cells)
    };
    let rows: Vec<_> = (0..frame.grid.len).rev().take(MAX_ROWS).map(row).collect();
    let head = el("thead").child(el("tr").child(column_heading(app.text().time)).children(names));
    el("table").child(head).child(el("tbody").children(rows))
}
