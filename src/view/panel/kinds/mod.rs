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
        _ => Some(File::Kinds),
    }
}

/// The content of a panel.
pub fn view(context: &PanelContext) -> Element {
    let (app, shown) = (context.app, context.clone());
    match (&context.panel.kind, file_of(&context.panel)) {
        // Without its options the chart would be drawn wrongly.
        (Kind::TimeSeries(_), Some(_)) => deferred(app, move |kinds: &'static Kinds| first_file_view(&shown, Some(kinds))),
        (_, None) => first_file_view(context, None),
        (_, Some(File::Notes)) => deferred(app, move |notes: &Notes| (notes.view)(&shown)),
        (_, Some(File::Lists)) => deferred(app, move |lists: &Lists| (lists.alert_list)(&shown)),
        (_, Some(_)) => deferred(app, move |kinds: &Kinds| (kinds.view)(&shown)),
    }
}

/// The content of the kinds in the first file.
fn first_file_view(context: &PanelContext, kinds: Option<&'static Kinds>) -> Element {
    match &context.panel.kind {
        Kind::TimeSeries(options) => time_series::view(context, options, kinds.map(|kinds| kinds.chart_options)),
        Kind::Stat(options) => stat::view(context, options),
        Kind::Table(options) => table::view(context, options),
        _ => el("div"),
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
