//! An entry of a legend: a button with the colour and the name of a series, and numbers calculated from its values. A click shows only
//! this series; Ctrl+click hides or shows it.

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

/// The most entries in a legend.
pub const MAX_ENTRIES: usize = 60;

/// The context of a legend.
#[derive(Clone)]
pub struct LegendContext {
    /// The app.
    pub app: App,
    /// The id of the panel.
    pub panel: u32,
    /// The options of the legend.
    pub legend: Legend,
    /// The names of the series that are hidden.
    pub hidden: RwSignal<Vec<String>>,
}

/// The content of a legend entry.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendItem {
    /// The name of the series.
    name: String,
    /// The CSS classes of the mark in its colour.
    swatch: String,
    /// The numbers calculated from its values, as text.
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

    /// The calculations beside each name: those in the options, else the newest value.
    pub fn calcs(&self) -> Vec<Calc> {
        if self.legend.calcs.is_empty() { vec![Calc::LastNotNull] } else { self.legend.calcs.clone() }
    }

    /// The button of a series.
    pub fn entry(&self, plot: Signal<Option<Arc<Plot>>>, item: Row<LegendItem>) -> Element {
        let (app, panel, hidden) = (self.app, self.panel, self.hidden);
        // The name is the key of the row: it does not change.
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

    /// The number at `index` of an item.
    pub fn number_of(item: Row<LegendItem>, index: usize) -> impl Fn() -> String + 'static {
        move || item.with(|item| item.numbers.get(index).cloned().unwrap_or_default())
    }

    /// The numbers beside a name in a list. Each has the name of its calculation if the options choose the calculations.
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

    /// The result of `calc` for a series, as text.
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

/// The name of a calculation.
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

/// Shows only `name`, or all series if only `name` is shown; with `toggle` hides or shows `name`.
fn choose(hidden: &mut Vec<String>, plot: &Plot, name: &str, toggle: bool) {
    if toggle {
        let before = hidden.len();
        hidden.retain(|other| other != name);
        if hidden.len() == before {
            hidden.push(name.to_owned());
        }
        return;
    }
    // Only current series count: `hidden` may also name series that no longer exist.
    let alone = plot.series.iter().all(|series| (series.name == name) != hidden.contains(&series.name));
    let others = plot.series.iter().filter(|series| series.name != name).map(|series| series.name.clone());
    *hidden = if alone && plot.series.len() > 1 { Vec::new() } else { others.collect() };
}
