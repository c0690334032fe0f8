//! An entry of a legend: a button with the colour and the name of a series, and numbers made of its values. A click shows one series
//! alone, with Ctrl it hides or shows one.

use crate::state::App;
use crate::view::panel::charts::plot::{Plot, Plotted};
use crate::view::panel::values::reading::words;
use crate::view::ui::{Element, el};
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

impl LegendContext {
    /// The button of a series.
    pub fn entry(&self, plot: &Arc<Plot>, series: &Plotted) -> Element {
        let (app, panel, hidden) = (self.app, self.panel, self.hidden);
        let button = el("button").class("legend-entry").attr("type", "button").attr("title", &series.name);
        let button = button.child(el("span").class(&series.swatch())).child(el("span").class("legend-name").text(&series.name));
        let name = series.name.clone();
        let button = button.live_attr("aria-pressed", move || Some(hidden.with(|hidden| !hidden.contains(&name)).to_string()));
        let (plot, name) = (Arc::clone(plot), series.name.clone());
        button.on("click", move |event| {
            let toggle = event.dyn_ref::<MouseEvent>().is_some_and(|event| event.ctrl_key() || event.meta_key());
            hidden.update(|hidden| choose(hidden, &plot, &name, toggle));
            app.hidden.keep(app.navigation, panel, hidden.get_untracked());
        })
    }

    /// The numbers beside a name in a list: the newest value, or those that were chosen, each with what it is.
    pub fn numbers(&self, series: &Plotted) -> Vec<Element> {
        let number = |calc| el("span").class("legend-value").text(&self.number(series, calc));
        if self.legend.calcs.is_empty() {
            return vec![number(Calc::LastNotNull)];
        }
        let named = |calc: &Calc| vec![el("span").class("legend-calc").text(name_of(self.app, *calc)), number(*calc)];
        self.legend.calcs.iter().flat_map(named).collect()
    }

    /// What `calc` makes of a series, in words.
    pub fn number(&self, series: &Plotted, calc: Calc) -> String {
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
