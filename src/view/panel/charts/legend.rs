//! The legend of a chart, as a list or a table.

use crate::view::on_demand::{Hands, deferred};
use crate::view::panel::charts::legend_entry::LegendContext;
use crate::view::panel::charts::plot::Plot;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::dashboard::LegendDisplay;
use std::sync::Arc;

/// The legend of the chart of `plot`.
pub fn legend(context: LegendContext, plot: Signal<Option<Arc<Plot>>>) -> Option<Element> {
    let app = context.app;
    let help = app.text().legend_help;
    match context.legend.display_mode {
        LegendDisplay::Hidden => None,
        LegendDisplay::List => {
            let list = context.clone();
            let items = move || plot.get().map(|plot| list.items(&plot.series)).unwrap_or_default();
            let row = move |item| el("li").child(context.entry(plot, item).children(context.numbers(item)));
            Some(el("ul").class("legend").attr("aria-label", help).keyed(items, row))
        }
        LegendDisplay::Table => {
            let table = deferred(app, move |hands: &Hands| (hands.legend_table)(&context, plot));
            Some(el("div").class("legend legend-table").attr("role", "group").attr("aria-label", help).child(table))
        }
    }
}
