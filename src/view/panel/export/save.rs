//! The values of a panel as CSV; and the file name and the download, which all exports share.

use crate::state::App;
use crate::state::panel_query::{PanelData, PanelRequest};
use crate::state::source::{Reply, SourceQuery};
use crate::state::use_query::Loaded;
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::values::reading::name_of;
use js_sys::Array;
use leptos::prelude::*;
use model::dashboard::{Panel, Target};
use model::series::{Grid, is_gap};
use std::time::Duration;
use text::export::{Csv, file_name};
use text::order::by_text;
use text::timestamp;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, Url};

/// The time that a browser gets to start a download; after that the memory is freed.
const DOWNLOAD: Duration = Duration::from_mins(1);

/// Downloads the values of a panel as CSV: a row for each instant, a column for each series.
pub fn save_csv(context: &PanelContext) {
    let PanelContext { app, query, .. } = *context;
    let panel = &context.panel;
    let Some(loaded) = untrack(|| query.last()) else { return };
    let text = table(app, panel, &loaded);
    // The byte order mark tells spreadsheets that the file is UTF-8.
    let parts = Array::of1(&format!("\u{feff}{text}").into());
    if let Ok(blob) = Blob::new_with_str_sequence(&parts) {
        save(&blob, &named(app, panel, "csv"));
    }
}

/// One column: its name, and its values at the instants of a grid.
struct Column<'a> {
    name: String,
    grid: Grid,
    values: &'a [f64],
}

impl Column<'_> {
    fn at(&self, time: i64) -> Option<f64> {
        let index = self.grid.index(time).filter(|index| self.grid.time(*index) == time)?;
        self.values.get(index).copied().filter(|value| !is_gap(*value))
    }
}

fn table(app: App, panel: &Panel, loaded: &Loaded<PanelRequest, PanelData>) -> String {
    let mut columns = Vec::new();
    let answers = loaded.asked.asks.iter().zip(&loaded.data.replies);
    for (target, (ask, reply)) in panel.targets.iter().zip(answers) {
        match (ask, reply) {
            (_, Reply::Range(frame)) => columns.extend(frame.series.iter().map(|series| {
                let name = heading(app, target, name_of(target, &series.labels, app.language()));
                Column { name, grid: frame.grid, values: &series.values }
            })),
            (SourceQuery::Instant(query), Reply::Instant(samples)) => columns.extend(samples.iter().map(|sample| {
                let name = heading(app, target, name_of(target, &sample.labels, app.language()));
                Column { name, grid: Grid { start: query.time, step: 1, len: 1 }, values: std::slice::from_ref(&sample.value) }
            })),
            _ => {}
        }
    }
    let mut times: Vec<i64> = Vec::new();
    let mut grids: Vec<Grid> = Vec::new();
    for column in &columns {
        if !grids.contains(&column.grid) {
            grids.push(column.grid);
            times.extend((0..column.grid.len).map(|index| column.grid.time(index)));
        }
    }
    let mut times = by_text(times, |time| format!("{time:020}"));
    times.dedup();
    let head = columns.iter().fold(Csv::default().text("time"), |csv, column| csv.text(&column.name)).end();
    let row = |csv: Csv, time: i64| {
        columns.iter().fold(csv.text(&timestamp::iso(time)), |csv, column| csv.number(&digits(column.at(time)))).end()
    };
    times.into_iter().fold(head, row).finish()
}

/// The name of a column: the title of its target, if it has one, then the name of the series.
fn heading(app: App, target: &Target, name: String) -> String {
    let title = target.title.get(app.language());
    if title.is_empty() { name } else { format!("{title} {name}") }
}

/// A number with all its digits, as JavaScript writes it: it parses back to the same number. Empty without a value.
fn digits(value: Option<f64>) -> String {
    value.map(|value| js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()).unwrap_or_default()
}

/// The file name: the title of the dashboard, that of the panel, and the end of the time range.
pub(super) fn named(app: App, panel: &Panel, extension: &str) -> String {
    let dashboard = untrack(|| app.dashboard.last()).map(|loaded| loaded.data.title.get(app.language()).to_owned()).unwrap_or_default();
    let at = app.zone.with_untracked(|zone| timestamp::date_and_time(app.window.get_untracked().end, zone));
    file_name(&[&dashboard, panel.title.get(app.language()), &at], extension)
}

/// Downloads `blob` as a file.
pub(super) fn save(blob: &Blob, name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    if let Some(anchor) = document().create_element("a").ok().and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        DOWNLOAD,
    );
}
