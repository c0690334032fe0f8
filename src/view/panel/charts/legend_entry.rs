//! An entry of a legend: a button with the colour and the name of a series, and numbers made of its values. A click shows one series
//! alone, with Ctrl it hides or shows one.

use crate::state::App;
use crate::view::panel::charts::plot::{Plot, Plotted};
use crate::view::panel::values::reading::words;
use crate::view::ui::{Element, Row, el};
use leptos::prelude::*;
use model::calc::Calc;
use model::dashboard::Legend;
use model::unit::Unit;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

/// Beyond this many entries a legend is longer than anybody reads.
pub const MAX_ENTRIES: usize = 60;

/// What a legend is made of.
#[derive(Clone)]
pub struct LegendContext {
    /// The app.
    pub app: App,
    /// The id of the panel.
    pub panel: u32,
    /// How it is set.
    pub legend: Legend,
    /// The names of the series that are hidden.
    pub hidden: RwSignal<Vec<String>>,
}

/// What a legend says of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendItem {
    /// The name of the series.
    name: String,
    /// The classes of the mark in its colour.
    swatch: String,
    /// The numbers made of its values, in words.
    numbers: Vec<String>,
}

impl LegendContext {
    /// An item for each of `series`, by its name.
    pub fn items<'a>(&self, series: impl IntoIterator<Item = &'a Plotted>) -> Vec<(String, LegendItem)> {
        let calcs = self.calcs();
        let item = |series: &Plotted| {
            let numbers = calcs.iter().map(|calc| self.number(series, *calc)).collect();
            (series.name.clone(), LegendItem { name: series.name.clone(), swatch: series.swatch(), numbers })
        };
        series.into_iter().take(MAX_ENTRIES).map(item).collect()
    }

    /// The numbers beside each name: those that were chosen, else the newest value.
    pub fn calcs(&self) -> Vec<Calc> {
        if self.legend.calcs.is_empty() { vec![Calc::LastNotNull] } else { self.legend.calcs.clone() }
    }

    /// The button of a series.
    pub fn entry(&self, plot: Signal<Option<Arc<Plot>>>, item: Row<LegendItem>) -> Element {
        let (app, panel, hidden) = (self.app, self.panel, self.hidden);
        // The row is known by the name: it stays.
        let name = untrack(|| item.with(|item| item.name.clone()));
        let swatch = el("span").live_attr("class", move || Some(item.with(|item| item.swatch.clone())));
        let button = el("button").class("legend-entry").attr("type", "button").attr("title", &name);
        let button = button.child(swatch).child(el("span").class("legend-name").text(&name));
        let shown = name.clone();
        let button = button.live_attr("aria-pressed", move || Some(hidden.with(|hidden| !hidden.contains(&shown)).to_string()));
        button.on("click", move |event| {
            let Some(plot) = plot.get_untracked() else { return };
            let toggle = event.dyn_ref::<MouseEvent>().is_some_and(|event| event.ctrl_key() || event.meta_key());
            hidden.update(|hidden| choose(hidden, &plot, &name, toggle));
            app.hidden.keep(app.navigation, panel, hidden.get_untracked());
        })
    }

    /// The number at a place of an item.
    pub fn number_of(item: Row<LegendItem>, index: usize) -> impl Fn() -> String + 'static {
        move || item.with(|item| item.numbers.get(index).cloned().unwrap_or_default())
    }

    /// The numbers beside a name in a list, each with what it is where somebody has chosen them.
    pub fn numbers(&self, item: Row<LegendItem>) -> Vec<Element> {
        let mut parts = Vec::new();
        for (index, calc) in self.calcs().into_iter().enumerate() {
            if !self.legend.calcs.is_empty() {
                parts.push(el("span").class("legend-calc").text(name_of(self.app, calc)));
            }
            parts.push(el("span").class("legend-value").live_text(Self::number_of(item, index)));
        }
        parts
    }

    /// What `calc` makes of a series, in words.
    fn number(&self, series: &Plotted, calc: Calc) -> String {
        let value = series.calc(calc);
        let plain = |unit: Unit| value.map(|value| self.app.format(&unit, value, None)).unwrap_or_default();
        match calc {
            Calc::Count => plain(Unit::NONE),
            Calc::Diffperc => plain(Unit::PERCENT),
            _ => words(self.app, &series.field, value),
        }
    }
}

/// What a calculation is called.
pub fn name_of(app: App, calc: Calc) -> &'static str {
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
