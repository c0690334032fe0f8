//! The legend as a table: a row for each series, a column for each calculation, sorted by any of them.

use crate::view::panel::charts::legend_entry::{LegendContext, MAX_ENTRIES, name_of};
use crate::view::panel::charts::plot::{Plot, Plotted};
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::calc::Calc;
use model::dashboard::Legend;
use std::sync::Arc;
use text::order::{by_text, number_key};

/// The sort order of a table: by name or by a calculation, ascending or descending.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sorting {
    by: Option<Calc>,
    descending: bool,
}

/// The legend of `plot` as a table.
pub fn view(context: &LegendContext, plot: Signal<Option<Arc<Plot>>>) -> Element {
    let Legend { sort_by, sort_desc, .. } = context.legend;
    let sorting = RwSignal::new(sort_by.map(|calc| Sorting { by: Some(calc), descending: sort_desc }));
    let (list, table) = (context.clone(), context.clone());
    let items = move || plot.get().map(|plot| list.items(sorted(&plot, sorting.get()))).unwrap_or_default();
    let row = move |item| {
        let cell = |index| el("td").class("legend-value").live_text(LegendContext::number_of(item, index));
        let cells: Vec<_> = (0..table.calcs().len()).map(cell).collect();
        el("tr").child(el("th").attr("scope", "row").child(table.entry(plot, item))).children(cells)
    };
    el("table").child(head(context, sorting)).child(el("tbody").keyed(items, row))
}

/// The headings, each a button that sorts.
fn head(context: &LegendContext, sorting: RwSignal<Option<Sorting>>) -> Element {
    let heading = |by: Option<Calc>| {
        let text = by.map_or(context.app.text().series, |calc| name_of(context.app, calc));
        let held = move || sorting.get().filter(|now| now.by == by);
        let state = move || match held() {
            Some(Sorting { descending: true, .. }) => "descending",
            Some(_) => "ascending",
            None => "none",
        };
        let arrow = move || match held() {
            Some(Sorting { descending: true, .. }) => " ↓",
            Some(_) => " ↑",
            None => "",
        };
        let button = el("button").class("legend-sort").attr("type", "button").text(text).live_text(move || arrow().to_owned());
        let button = button.on("click", move |_| {
            // The first click sorts numbers in descending order, and names in ascending order.
            let descending = untrack(held).map_or(by.is_some(), |held| !held.descending);
            sorting.set(Some(Sorting { by, descending }));
        });
        el("th").attr("scope", "col").live_attr("aria-sort", move || Some(state().to_owned())).child(button)
    };
    let columns: Vec<_> = [None].into_iter().chain(context.calcs().into_iter().map(Some)).map(heading).collect();
    el("thead").child(el("tr").children(columns))
}

/// The series of the legend, in the order of the table.
fn sorted(plot: &Plot, sorting: Option<Sorting>) -> Vec<&Plotted> {
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
    series
}
