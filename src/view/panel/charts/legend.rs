//! The legend of a chart: what each colour is.

use crate::view::on_demand::{Hands, deferred};
use crate::view::panel::charts::legend_entry::{LegendContext, MAX_ENTRIES};
use crate::view::panel::charts::plot::{Plot, Plotted};
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
            let item =
                move |plot: &Arc<Plot>, series: &Plotted| el("li").child(context.entry(plot, series).children(context.numbers(series)));
            let items = move |plot: Arc<Plot>| plot.series.iter().take(MAX_ENTRIES).map(|series| item(&plot, series)).collect();
            Some(el("ul").class("legend").attr("aria-label", help).live(move || plot.get().map_or_else(Vec::new, &items)))
        }
        LegendDisplay::Table => {
            let table = deferred(app, move |hands: &Hands| (hands.legend_table)(&context, plot));
            Some(el("div").class("legend legend-table").attr("role", "group").attr("aria-label", help).child(table))
        }
    }
}
