//! Table: instant queries side by side, a row for each value of one label. On a narrow screen each row becomes a card.

use super::bar_gauge::meter;
use super::gauge::fraction;
use super::reading::{field_of, number, tone, words};
use crate::model::dashboard::{CellDisplay, Panel, Target};
use crate::state::App;
use crate::state::panel_query::{PanelData, PanelQuery};
use crate::state::source::Reply;
use crate::view::controls::link;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use std::sync::Arc;

/// The table of `panel`.
pub fn view(app: App, panel: &Arc<Panel>, query: PanelQuery) -> Element {
    let language = app.language();
    let title = panel.join_title.as_ref().map_or("", |title| title.get(language));
    let columns: Vec<_> = panel.targets.iter().map(|target| heading(target.title.get(language))).collect();
    let head = el("thead").child(el("tr").child(heading(title)).children(columns));
    let body = {
        let panel = Arc::clone(panel);
        el("tbody").live(move || query.last().map(|loaded| rows(app, &panel, &loaded.data)).unwrap_or_default())
    };
    let table = el("table").class("cards").child(head).child(body);
    // It may scroll, and so can have the focus.
    el("div").class("table-box").attr("tabindex", "0").attr("role", "group").attr("aria-label", panel.title.get(language)).child(table)
}

/// The heading of a column.
pub fn heading(text: &str) -> Element {
    el("th").attr("scope", "col").text(text)
}

/// The names of the rows: every value of the joining label, in the order of the first column that has it.
fn row_names(data: &PanelData, label: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for reply in &data.replies {
        let Reply::Instant(samples) = reply else { continue };
        for name in samples.iter().filter_map(|sample| sample.labels.get(label)) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// The value of a column in the row `name`. Of several the worst comes first in the answer, as the dashboard sorts it.
fn cell(reply: &Reply, label: &str, name: &str) -> Option<f64> {
    let Reply::Instant(samples) = reply else { return None };
    samples.iter().find(|sample| sample.labels.get(label) == Some(name)).map(|sample| sample.value)
}

fn rows(app: App, panel: &Panel, data: &PanelData) -> Vec<Element> {
    let label = panel.join_by.as_deref().unwrap_or("instance");
    let row = |name: String| {
        let values = panel.targets.iter().zip(&data.replies).map(|(target, reply)| (target, cell(reply, label, &name)));
        let cells: Vec<_> = values.map(|(target, value)| column(app, panel, target, value)).collect();
        let head = el("th").attr("scope", "row").child(row_head(app, panel, &name));
        el("tr").attr("data-row", &name).child(head).children(cells)
    };
    row_names(data, label).into_iter().map(row).collect()
}

fn column(app: App, panel: &Panel, target: &Target, value: Option<f64>) -> Element {
    let field = field_of(panel, target);
    let color = field.color(value);
    let bar = (target.cell == CellDisplay::Gauge && value.is_some())
        .then(|| meter(fraction(value, field.min.unwrap_or(0.0), field.max.unwrap_or(100.0))));
    let text = el("span").class("cell").children(number(&words(app, field, value), color));
    el("td").class(&tone(color)).attr("data-title", target.title.get(app.language())).child(text).children(bar)
}

/// The name of a row: a link that chooses it, where the panel sets a variable.
fn row_head(app: App, panel: &Panel, name: &str) -> Element {
    let Some(variable) = panel.sets.clone() else { return el("span").text(name) };
    let chosen = name.to_owned();
    let to = Signal::derive(move || {
        let mut view = app.navigation.view.get();
        view.set_values(&variable, vec![chosen.clone()]);
        view
    });
    link(app, "", to).text(name)
}
