//! The legend: what each colour is, with its newest value. A click shows one series alone, with Ctrl it hides or shows one.

use super::plot::{Plot, Plotted};
use super::reading::words;
use crate::model::dashboard::Field;
use crate::state::App;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

/// Beyond this many entries a legend is longer than anybody reads.
const MAX_ENTRIES: usize = 60;

/// The legend of a chart, and what of it is hidden.
pub fn legend(app: App, plot: Signal<Option<Arc<Plot>>>, hidden: RwSignal<Vec<String>>, field: &Field) -> Element {
    let field = field.clone();
    let entries = move || {
        let Some(plot) = plot.get() else { return Vec::new() };
        plot.series.iter().take(MAX_ENTRIES).map(|series| entry(app, &plot, series, hidden, &field)).collect()
    };
    el("ul").class("legend").attr("aria-label", app.text().legend_help).live(entries)
}

fn entry(app: App, plot: &Arc<Plot>, series: &Plotted, hidden: RwSignal<Vec<String>>, field: &Field) -> Element {
    let value = words(app, field, series.at(plot.window.end).or_else(|| series.last()));
    let button = el("button").class("legend-entry").attr("type", "button").attr("title", &series.name);
    let button = button.child(el("span").class(&series.swatch())).child(el("span").class("legend-name").text(&series.name));
    let button = button.child(el("span").class("legend-value").text(&value));
    let name = series.name.clone();
    let button = button.live_attr("aria-pressed", move || Some(hidden.with(|hidden| !hidden.contains(&name)).to_string()));
    let (plot, name) = (Arc::clone(plot), series.name.clone());
    let button = button.on("click", move |event| {
        let toggle = event.dyn_ref::<MouseEvent>().is_some_and(|event| event.ctrl_key() || event.meta_key());
        hidden.update(|hidden| choose(hidden, &plot, &name, toggle));
    });
    el("li").child(button)
}

/// Shows `name` alone, or all again if it is alone already; with `toggle` only hides or shows it.
fn choose(hidden: &mut Vec<String>, plot: &Plot, name: &str, toggle: bool) {
    if toggle {
        let before = hidden.len();
        hidden.retain(|other| other != name);
        if hidden.len() == before {
            hidden.push(name.to_owned());
        }
        return;
    }
    let others: Vec<String> = plot.series.iter().filter(|series| series.name != name).map(|series| series.name.clone()).collect();
    *hidden = if *hidden == others { Vec::new() } else { others };
}
