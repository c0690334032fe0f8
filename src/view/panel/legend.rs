//! The legend: what each colour is, with numbers made of its values, as a list or as a table that can be sorted. A click shows one series
//! alone, with Ctrl it hides or shows one.

use super::plot::{Plot, Plotted};
use super::reading::words;
use crate::model::calc::Calc;
use crate::model::dashboard::{Field, Legend, LegendDisplay, Panel};
use crate::model::order::{by_text, number_key};
use crate::model::unit::Unit;
use crate::state::App;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

/// Beyond this many entries a legend is longer than anybody reads.
const MAX_ENTRIES: usize = 60;

/// What a legend is about. A handle, but for the field.
#[derive(Clone)]
struct About {
    app: App,
    panel: u32,
    hidden: RwSignal<Vec<String>>,
    field: Field,
    calcs: Vec<Calc>,
}

/// What a table is sorted by: its names, or one of its numbers; and whether the largest come first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sorting {
    by: Option<Calc>,
    descending: bool,
}

/// The legend of a chart of `panel`, and what of it is hidden.
pub fn legend(app: App, plot: Signal<Option<Arc<Plot>>>, hidden: RwSignal<Vec<String>>, panel: &Panel) -> Option<Element> {
    let Legend { display_mode, calcs, sort_by, sort_desc, .. } = panel.legend.clone();
    let about = About { app, panel: panel.id, hidden, field: panel.field.clone(), calcs };
    let help = app.text().legend_help;
    match display_mode {
        LegendDisplay::Hidden => None,
        LegendDisplay::List => {
            let entries = move || {
                let item = |plot: &Arc<Plot>, series| el("li").child(entry(&about, plot, series).children(numbers(&about, series)));
                plot.get().iter().flat_map(|plot| plot.series.iter().take(MAX_ENTRIES).map(|series| item(plot, series))).collect::<Vec<_>>()
            };
            Some(el("ul").class("legend").attr("aria-label", help).live(entries))
        }
        LegendDisplay::Table => {
            let calcs = if about.calcs.is_empty() { vec![Calc::LastNotNull] } else { about.calcs };
            let about = About { calcs, ..about };
            let sorting = RwSignal::new(sort_by.map(|calc| Sorting { by: Some(calc), descending: sort_desc }));
            let parts = move || plot.get().map(|plot| vec![head(&about, sorting), body(&about, &plot, sorting.get())]);
            let table = el("table").live(move || parts().unwrap_or_default());
            Some(el("div").class("legend legend-table").attr("role", "group").attr("aria-label", help).child(table))
        }
    }
}

/// The button of a series.
fn entry(about: &About, plot: &Arc<Plot>, series: &Plotted) -> Element {
    let About { app, panel, hidden, .. } = *about;
    let button = el("button").class("legend-entry").attr("type", "button").attr("title", &series.name);
    let button = button.child(el("span").class(&series.swatch())).child(el("span").class("legend-name").text(&series.name));
    let name = series.name.clone();
    let button = button.live_attr("aria-pressed", move || Some(hidden.with(|hidden| !hidden.contains(&name)).to_string()));
    let (plot, name) = (Arc::clone(plot), series.name.clone());
    button.on("click", move |event| {
        let toggle = event.dyn_ref::<MouseEvent>().is_some_and(|event| event.ctrl_key() || event.meta_key());
        hidden.update(|hidden| choose(hidden, &plot, &name, toggle));
        app.hidden.keep(app, panel, hidden.get_untracked());
    })
}

/// The numbers beside a name in a list: the newest value, or those that were chosen, each with what it is.
fn numbers(about: &About, series: &Plotted) -> Vec<Element> {
    let number = |calc| el("span").class("legend-value").text(&about.number(series, calc));
    if about.calcs.is_empty() {
        return vec![number(Calc::LastNotNull)];
    }
    let named = |calc: &Calc| vec![el("span").class("legend-calc").text(name_of(about.app, *calc)), number(*calc)];
    about.calcs.iter().flat_map(named).collect()
}

impl About {
    fn number(&self, series: &Plotted, calc: Calc) -> String {
        let value = series.calc(calc);
        let plain = |unit: Unit| value.map(|value| self.app.format(&unit, value, None)).unwrap_or_default();
        match calc {
            Calc::Count => plain(Unit::NONE),
            Calc::Diffperc => plain(Unit::PERCENT),
            _ => words(self.app, &self.field, value),
        }
    }
}

/// The headings, each a button that sorts.
fn head(about: &About, sorting: RwSignal<Option<Sorting>>) -> Element {
    let now = sorting.get();
    let heading = |by: Option<Calc>| {
        let text = by.map_or(about.app.text().series, |calc| name_of(about.app, calc));
        let held = now.filter(|now| now.by == by);
        let (state, arrow) = match held {
            Some(Sorting { descending: true, .. }) => ("descending", " ↓"),
            Some(_) => ("ascending", " ↑"),
            None => ("none", ""),
        };
        // Numbers are looked at for the largest, names for where they stand in the alphabet.
        let descending = held.map_or(by.is_some(), |held| !held.descending);
        let button = el("button").class("legend-sort").attr("type", "button").text(text).text(arrow);
        let button = button.on("click", move |_| sorting.set(Some(Sorting { by, descending })));
        el("th").attr("scope", "col").attr("aria-sort", state).child(button)
    };
    let columns: Vec<_> = [None].into_iter().chain(about.calcs.iter().copied().map(Some)).map(heading).collect();
    el("thead").child(el("tr").children(columns))
}

fn body(about: &About, plot: &Arc<Plot>, sorting: Option<Sorting>) -> Element {
    let mut series: Vec<&Plotted> = plot.series.iter().take(MAX_ENTRIES).collect();
    if let Some(Sorting { by, descending }) = sorting {
        series = match by {
            Some(calc) => by_text(series, |series| number_key(series.calc(calc), descending)),
            None => by_text(series, |series| series.name.clone()),
        };
        if by.is_none() && descending {
            series.reverse();
        }
    }
    let row = |series: &Plotted| {
        let cells: Vec<_> = about.calcs.iter().map(|calc| el("td").class("legend-value").text(&about.number(series, *calc))).collect();
        el("tr").child(el("th").attr("scope", "row").child(entry(about, plot, series))).children(cells)
    };
    el("tbody").children(series.into_iter().map(row).collect::<Vec<_>>())
}

/// What a calculation is called.
fn name_of(app: App, calc: Calc) -> &'static str {
    let text = app.text();
    match calc {
        Calc::LastNotNull | Calc::Last => text.last,
        Calc::FirstNotNull | Calc::First => text.first,
        Calc::Min => text.min,
        Calc::Max => text.max,
        Calc::Mean => text.mean,
        Calc::Sum => text.sum,
        Calc::Count => text.count,
        Calc::Range => text.range,
        Calc::Diff => text.difference,
        Calc::Diffperc => text.difference_percent,
        Calc::Delta => text.rise,
        Calc::StdDev => text.deviation,
    }
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
    // Judged by what is there now: series come and go while others stay hidden.
    let alone = plot.series.iter().all(|series| (series.name == name) != hidden.contains(&series.name));
    let others = plot.series.iter().filter(|series| series.name != name).map(|series| series.name.clone());
    *hidden = if alone && plot.series.len() > 1 { Vec::new() } else { others.collect() };
}
