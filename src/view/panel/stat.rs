//! Stat: large numbers, each over the line of its past.

use super::reading::{Reading, number, readings, tone};
use crate::chart::{self, Ink};
use crate::model::color::Color;
use crate::model::dashboard::Panel;
use crate::state::App;
use crate::state::panel_query::PanelQuery;
use crate::view::ui::{Element, canvas_of, el, use_size};
use leptos::prelude::*;
use std::sync::Arc;

/// The numbers of `panel`.
pub fn view(app: App, panel: &Arc<Panel>, query: PanelQuery) -> Element {
    let panel = Arc::clone(panel);
    el("div").class("stats").live(move || {
        let readings = query.last().map(|loaded| readings(app, &panel, &loaded.data)).unwrap_or_default();
        // A single number needs no name: the title is its name.
        let named = readings.len() > 1;
        readings.into_iter().map(|reading| stat(app, reading, named)).collect::<Vec<_>>()
    })
}

fn stat(app: App, Reading { name, text, color, history, .. }: Reading, named: bool) -> Element {
    let line = history.iter().any(|value| value.is_finite()).then(|| sparkline(app, history, color));
    let name = named.then(|| el("span").class("stat-name").text(&name));
    let value = el("span").class("stat-value").children(number(&text, color));
    el("div").class(&format!("stat {}", tone(color))).children(line).children(name).child(value)
}

fn sparkline(app: App, values: Vec<f64>, color: Color) -> Element {
    // Without a meaning of its own the line has the colour of a first series.
    let ink = if color == Color::Text { Ink::Series(0) } else { Ink::Token(color) };
    let line = el("div").class("sparkline");
    let size = use_size(&line);
    let scene = Signal::derive(move || size.get().map(|size| Arc::new(chart::sparkline(&values, ink, size))));
    line.child(canvas_of(scene, app.theme.palette))
}
