//! The legend as a table: a row for each series, a column for each calculation, sorted by any of them.

use crate::view::panel::charts::legend_entry::{LegendContext, MAX_ENTRIES, name_of};
use crate::view::panel::charts::plot::{Plot, Plotted};
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::calc::Calc;
use model::dashboard::Legend;
use std::sync::Arc;
use text::order::{by_text, number_key};

/// What a table is sorted by: its names, or one of its numbers; and whether the largest come first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sorting {
    by: Option<Calc>,
    descending: bool,
}

/// The table of `plot`, in the place of a list.
pub fn view(context: &LegendContext, plot: Signal<Option<Arc<Plot>>>) -> Element {
    let Legend { sort_by, sort_desc, .. } = context.legend;
    let sorting = RwSignal::new(sort_by.map(|calc| Sorting { by: Some(calc), descending: sort_desc }));
    let context = context.clone();
    let parts = move || plot.get().map(|plot| vec![head(&context, sorting), body(&context, &plot, sorting.get())]);
    el("table").live(move || parts().unwrap_or_default())
}

/// The columns: what the panel says, else the newest value.
fn calcs(context: &LegendContext) -> Vec<Calc> {
    let calcs = &context.legend.calcs;
    if calcs.is_empty() { vec![Calc::LastNotNull] } else { calcs.clone() }
}

/// The headings, each a button that sorts.
fn head(context: &LegendContext, sorting: RwSignal<Option<Sorting>>) -> Element {
    let now = sorting.get();
    let heading = |by: Option<Calc>| {
        let text = by.map_or(context.app.text().series, |calc| name_of(context.app, calc));
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
    let columns: Vec<_> = [None].into_iter().chain(calcs(context).into_iter().map(Some)).map(heading).collect();
    el("thead").child(el("tr").children(columns))
}

fn body(context: &LegendContext, plot: &Arc<Plot>, sorting: Option<Sorting>) -> Element {
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
        let cells: Vec<_> =
            calcs(context).into_iter().map(|calc| el("td").class("legend-value").text(&context.number(series, calc))).collect();
        el("tr").child(el("th").attr("scope", "row").child(context.entry(plot, series))).children(cells)
    };
    el("tbody").children(series.into_iter().map(row).collect::<Vec<_>>())
}
