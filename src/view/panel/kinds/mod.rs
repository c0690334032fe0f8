//! The kinds of panels: what each draws, and in which file its code is.

pub mod alert_list;
pub mod bar_chart;
pub mod bar_gauge;
pub mod gauge;
pub mod heatmap;
pub mod pie_chart;
pub mod stat;
pub mod state_timeline;
pub mod status_history;
pub mod table;
pub mod text;
pub mod time_series;

use crate::state::on_demand::File;
use crate::view::on_demand::{Kinds, Lists, Notes, deferred};
use crate::view::panel::frame::context::PanelContext;
use crate::view::ui::{Element, el};
use chart::needs_rare_options;
use model::dashboard::{Kind, Panel};

/// The on-demand file that a panel needs; `None` if the first file is enough.
pub fn file_of(panel: &Panel) -> Option<File> {
    match &panel.kind {
        Kind::TimeSeries(options) => needs_rare_options(options, &panel.targets).then_some(File::Kinds),
        Kind::Stat(_) | Kind::Table(_) => None,
        Kind::Text(_) => Some(File::Notes),
        // In the same file as the page of alerts, which shows the same rows.
        Kind::AlertList(_) => Some(File::Lists),
        Kind::Gauge(_)
        | Kind::BarGauge(_)
        | Kind::StateTimeline(_)
        | Kind::StatusHistory(_)
        | Kind::Heatmap(_)
        | Kind::PieChart(_)
        | Kind::BarChart(_) => Some(File::Kinds),
    }
}

/// The content of a panel: the view of its kind, from the file of [`file_of`].
pub fn view(context: &PanelContext) -> Element {
    let (app, shown) = (context.app, context.clone());
    match &context.panel.kind {
        Kind::Stat(options) => stat::view(context, options),
        Kind::Table(options) => table::view(context, options),
        Kind::TimeSeries(options) if file_of(&context.panel).is_none() => time_series::view(context, options, None),
        // Without its options the chart would be drawn wrongly.
        Kind::TimeSeries(options) => {
            let options = options.clone();
            deferred(app, move |kinds: &'static Kinds| time_series::view(&shown, &options, Some(kinds.chart_options)))
        }
        Kind::Text(_) => deferred(app, move |notes: &Notes| (notes.view)(&shown)),
        Kind::AlertList(_) => deferred(app, move |lists: &Lists| (lists.alert_list)(&shown)),
        Kind::Gauge(_)
        | Kind::BarGauge(_)
        | Kind::StateTimeline(_)
        | Kind::StatusHistory(_)
        | Kind::Heatmap(_)
        | Kind::PieChart(_)
        | Kind::BarChart(_) => deferred(app, move |kinds: &Kinds| (kinds.view)(&shown)),
    }
}

/// The content of the kinds in the file `kinds`.
pub fn on_demand_view(context: &PanelContext) -> Element {
    match &context.panel.kind {
        Kind::Gauge(options) => gauge::view(context, options),
        Kind::BarGauge(options) => bar_gauge::view(context, options),
        Kind::StateTimeline(options) => state_timeline::view(context, options),
        Kind::StatusHistory(options) => status_history::view(context, options),
        Kind::Heatmap(options) => heatmap::view(context, options),
        Kind::PieChart(options) => pie_chart::view(context, options),
        Kind::BarChart(options) => bar_chart::view(context, options),
        Kind::TimeSeries(_) | Kind::Stat(_) | Kind::Table(_) | Kind::Text(_) | Kind::AlertList(_) => el("div"),
    }
}
