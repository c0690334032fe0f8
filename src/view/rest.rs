//! What is in the second file: the functions in [`REST`], and all code and data that only they need.
//!
//! They are called only by [`deferred`], once the file is there. Nothing else may name them: `cargo xtask dist` takes out what can be
//! reached by `REST` alone, and stops at a function in it that something calls directly.

use super::controls::{settings, time_picker, variable_picker};
use super::page::{alerts, overview, service, targets};
use super::panel::{About, Charted, Plot, Waiting};
use super::panel::{
    alert_list, bar_chart, bar_gauge, data_link, gauge, heatmap, legend_table, menu, pie_chart, pointing, state_timeline, status_history,
    text, values_table,
};
use super::ui::{Element, Parts, el, follow};
use crate::state::App;
use crate::state::panel_query::PanelQuery;
use crate::state::rest::Arrival;
use crate::state::variables::VariableState;
use chart::{RARE_OPTIONS, RareOptions};
use leptos::prelude::*;
use model::dashboard::{DataLink, Panel, Service};
use model::link::Context;
use std::hint::black_box;
use std::sync::Arc;
use web_sys::Event;

/// The ways into the second file.
pub struct Rest {
    /// The overview.
    pub overview: fn(App, Waiting) -> Vec<Element>,
    /// What to do where nothing scrapes a service.
    pub not_scraped: fn(App, &Service) -> Element,
    /// The page of targets.
    pub targets: fn(App) -> Vec<Element>,
    /// The page of alerts.
    pub alerts: fn(App) -> Vec<Element>,
    /// What there is to choose of the time range.
    pub times: fn(App) -> Vec<Element>,
    /// The boxes to tick for the values of a variable.
    pub ticks: fn(App, &VariableState) -> Element,
    /// The settings.
    pub settings: fn(App) -> Vec<Element>,
    /// What few charts ask for.
    pub charts: &'static RareOptions,
    /// What a hand does to a chart; and what it did before this was there.
    pub hand: fn(&Charted, &[Event]),
    /// The menu of a panel.
    pub panel_menu: fn(App, &Arc<Panel>, Option<menu::Asked>) -> Vec<Element>,
    /// The legend of a chart as a table.
    pub legend_table: fn(&About, Signal<Option<Arc<Plot>>>) -> Element,
    /// A link on a value.
    pub value_link: fn(App, &DataLink, &Context) -> Option<Element>,
    /// The values of a chart as a table.
    pub values_table: View,
    /// A panel of gauges.
    pub gauge: View,
    /// A panel of bars.
    pub bar_gauge: View,
    /// A panel of states over time.
    pub state_timeline: View,
    /// A panel of states, a cell for each instant.
    pub status_history: View,
    /// A panel of a histogram over time.
    pub heatmap: View,
    /// A panel of bars in groups.
    pub bar_chart: View,
    /// A panel of shares of a whole.
    pub pie_chart: View,
    /// A panel of alerting rules.
    pub alert_list: fn(App, &Panel) -> Element,
    /// A panel of text.
    pub text: fn(App, &Panel, Vec<VariableState>) -> Element,
}

/// What draws the data of a panel.
pub type View = fn(App, &Arc<Panel>, PanelQuery) -> Element;

/// `cargo xtask dist` knows it by its name.
static REST: Rest = Rest {
    overview: overview::content,
    not_scraped: service::not_scraped,
    targets: targets::content,
    alerts: alerts::content,
    times: time_picker::content,
    ticks: variable_picker::content,
    settings: settings::content,
    charts: &RARE_OPTIONS,
    hand: pointing::attach,
    panel_menu: menu::content,
    legend_table: legend_table::view,
    value_link: data_link::value_link,
    values_table: values_table::view,
    gauge: gauge::view,
    bar_gauge: bar_gauge::view,
    state_timeline: state_timeline::view,
    status_history: status_history::view,
    heatmap: heatmap::view,
    bar_chart: bar_chart::view,
    pie_chart: pie_chart::view,
    alert_list: alert_list::view,
    text: text::view,
};

/// A part of the page that `make` makes by functions of the second file; until that is there, a place for it. A file that does not come
/// is asked for again at each beat, and when the reader says so.
pub fn deferred<P: Into<Parts>>(app: App, make: impl Fn(&'static Rest) -> P + 'static) -> Element {
    deferred_parts(app, Box::new(move |rest| make(rest).into()))
}

/// What is in the second file, once that is there; none until then.
pub fn arrived(app: App) -> Option<&'static Rest> {
    (app.rest.arrival.get() == Arrival::Ready).then(|| black_box(&REST))
}

fn deferred_parts(app: App, make: Box<dyn Fn(&'static Rest) -> Parts>) -> Element {
    follow(Box::new(move || {
        app.refresh.now.track();
        app.rest.fetch();
    }));
    el("div").class("parts").live(move || match app.rest.arrival.get() {
        // The compiler may not see which function it is: it would call it directly, and it had to be in the first file.
        Arrival::Ready => make(black_box(&REST)),
        Arrival::Missing => el("div").class("skeleton").attr("aria-label", app.text().loading).into(),
        Arrival::Failed => failure(app).into(),
    })
}

fn failure(app: App) -> Element {
    let text = app.text();
    let again = el("button").class("button").attr("type", "button").on("click", move |event| {
        // Nor does a menu close that this stands in.
        event.stop_propagation();
        app.rest.fetch();
    });
    let again = again.live_text(move || if app.rest.in_flight.get() { text.loading } else { text.try_again }.to_owned());
    el("div").class("notice is-red").attr("role", "alert").child(el("span").text(text.rest_failed)).child(again)
}
