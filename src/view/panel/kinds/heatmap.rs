//! Heatmap: how many observations fell into each bucket, over time.

use crate::state::App;
use crate::state::memo::fresh;
use crate::state::panel_query::PanelData;
use crate::state::source::Reply;
use crate::view::panel::charts::boxes::{boxes, place};
use crate::view::panel::frame::context::PanelContext;
use crate::view::ui::{Element, el, text_width, use_size};
use chart::heatmap::{Heatmap, heatmap};
use chart::{Cells, Spot};
use leptos::prelude::*;
use model::dashboard::{HeatmapOptions, LegendDisplay, Panel};
use model::histogram::{Bucket, Heat, Row};
use model::unit::Unit;
use std::sync::Arc;
use text::timestamp;

/// The most buckets in the summary for screen readers.
const SUMMARY_BUCKETS: usize = 20;

/// The heatmap of a panel.
pub fn view(context: &PanelContext, options: &HeatmapOptions) -> Element {
    let PanelContext { app, query, .. } = *context;
    let panel = &context.panel;
    let place = place(app);
    let size = use_size(&place);
    let asked = Arc::clone(panel);
    let heat = fresh(move || query.last().map(|loaded| Arc::new(heat(app, &asked, &loaded.data))));
    let asked = Arc::clone(panel);
    let cells = fresh(move || {
        let (loaded, heat, size) = (query.last()?, heat.get()?, size.get()?);
        let (window, language, field) = (loaded.data.window, app.language(), &asked.field);
        let spec = Heatmap { window, heat: &heat, unit: &field.unit, decimals: field.decimals, language, size };
        Some(Arc::new(app.zone.with(|zone| heatmap(&spec, zone, &text_width))))
    });
    let cells: Signal<Option<Arc<Cells>>> = cells.into();
    let asked = Arc::clone(panel);
    let tell = move |spot: Spot| heat.get().and_then(|heat| tell(app, &asked, &heat, spot)).unwrap_or_default();
    let asked = Arc::clone(panel);
    let spoken = move || heat.get().map(|heat| spoken(app, &asked, &heat)).unwrap_or_default();
    let hidden = options.legend.display_mode == LegendDisplay::Hidden;
    let scale = el("div").class("heat").live(move || heat.get().filter(|_| !hidden).map(|heat| scale(app, &heat)).unwrap_or_default());
    boxes(context, place, cells, Box::new(tell), scale, Box::new(spoken))
}

fn heat(app: App, panel: &Panel, data: &PanelData) -> Heat {
    let pairs = panel.targets.iter().zip(&data.replies);
    let frames = pairs.filter_map(|(target, reply)| match reply {
        Reply::Range(frame) => Some((frame, target.legend_format.get(app.language()))),
        Reply::Instant(_) => None,
    });
    Heat::of(&frames.collect::<Vec<_>>(), data.window)
}

/// The legend of the colours: zero, a quarter of the highest count in the middle, and the highest count.
fn scale(app: App, heat: &Heat) -> Vec<Element> {
    let numbers = [0.0, heat.most / 4.0, heat.most].map(|count| el("span").text(&number(app, count)));
    vec![el("div").class("heat-scale").attr("aria-hidden", "true"), el("div").class("heat-numbers").children(Vec::from(numbers))]
}

fn tell(app: App, panel: &Panel, heat: &Heat, spot: Spot) -> Option<Vec<Element>> {
    let row = heat.rows.iter().rev().nth(spot.row)?;
    let (to, step) = (heat.grid.time(spot.cell), heat.grid.step);
    let (from, to) = app.zone.with(|zone| (timestamp::date_and_time(to - step, zone), timestamp::short(to, to - step, zone)));
    let count = el("p").class("tooltip-value").text(&number(app, *row.counts.get(spot.cell)?));
    let time = el("p").class("tooltip-time").text(&from).text(" – ").text(&to);
    Some(vec![el("p").class("tooltip-name").text(&name(app, panel, row)), count, time])
}

/// The text summary: the newest count of each bucket that is not empty.
fn spoken(app: App, panel: &Panel, heat: &Heat) -> String {
    let known = |index: &usize| heat.rows.iter().any(|row| row.counts.get(*index).is_some_and(|count| !count.is_nan()));
    let Some(last) = (0..heat.grid.len).rev().find(known) else { return String::new() };
    let mut told = app.zone.with(|zone| timestamp::date_and_time(heat.grid.time(last), zone));
    let counts = heat.rows.iter().filter_map(|row| Some((row, *row.counts.get(last)?)));
    for (row, count) in counts.filter(|(_, count)| *count > 0.0).take(SUMMARY_BUCKETS) {
        told.extend([". ", &name(app, panel, row), ": ", &number(app, count)]);
    }
    told
}

fn name(app: App, panel: &Panel, row: &Row) -> String {
    let written = |value: f64| app.format(&panel.field.unit, value, panel.field.decimals);
    match &row.bucket {
        Bucket::Between(low, high) => format!("{} – {}", written(*low), written(*high)),
        Bucket::Named(name) => name.clone(),
    }
}

fn number(app: App, count: f64) -> String {
    app.format(&Unit::NONE, count, None)
}
