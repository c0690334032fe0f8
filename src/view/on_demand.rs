//! The functions in the on-demand files: one table of functions for each file. `crate::files` fills the tables and loads the files.
//!
//! Call these functions through [`deferred`] or [`ready`] only. A direct call would pull their code into the first file; the size
//! budget detects that.

use crate::state::App;
use crate::state::on_demand::{Arrival, File};
use crate::state::variables::VariableState;
use crate::view::panel::charts::chart_handle::ChartHandle;
use crate::view::panel::charts::legend_entry::LegendContext;
use crate::view::panel::charts::plot::Plot;
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::frame::waiting::Waiting;
use crate::view::ui::{Element, Parts, el, follow};
use chart::RareOptions;
use js_sys::Reflect;
use leptos::prelude::*;
use model::dashboard::{DataLink, Panel, Service};
use model::link::Context;
use std::any::Any;
use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::Event;

/// The delay before a file is fetched in the background. A timer, because Safari has no `requestIdleCallback`.
const QUIET: Duration = Duration::from_millis(300);

/// A table of functions, and the on-demand file that contains them.
pub trait OnDemand: Any + Send + Sync {
    /// The file.
    const FILE: File;
}

/// The overview, and the setup instructions for a service that is not scraped.
pub struct Overview {
    /// The content of the overview.
    pub content: fn(App, Waiting) -> Vec<Element>,
    /// The setup instructions for a service that is not scraped.
    pub not_scraped: fn(App, &Service) -> Element,
}

/// The lists of alerts and of targets.
pub struct Lists {
    /// The page of alerts.
    pub alerts: fn(App) -> Vec<Element>,
    /// The page of targets.
    pub targets: fn(App) -> Vec<Element>,
    /// A panel with the alerting rules of a service.
    pub alert_list: fn(&PanelContext) -> Element,
}

/// Interaction by pointer and keyboard: tooltips, menus, pickers, tables.
pub struct Hands {
    /// Attaches the pointer and keyboard handlers to a chart, and replays the events from before the file was loaded.
    pub pointer: fn(&ChartHandle, &[Event]),
    /// The content of the menu of a panel.
    pub panel_menu: fn(&PanelContext) -> Vec<Element>,
    /// The content of the time range picker.
    pub times: fn(App) -> Vec<Element>,
    /// The checkboxes for the values of a variable.
    pub ticks: fn(App, &VariableState) -> Element,
    /// The content of the settings.
    pub settings: fn(App) -> Vec<Element>,
    /// The legend of a chart as a table.
    pub legend_table: fn(&LegendContext, Signal<Option<Arc<Plot>>>) -> Element,
    /// The values of a chart as a table.
    pub values_table: fn(&PanelContext) -> Element,
    /// A data link on a value.
    pub value_link: fn(App, &DataLink, &Context) -> Option<Element>,
}

/// Rarely used kinds of panels and options of charts.
pub struct Kinds {
    /// The content of a panel of such a kind.
    pub view: fn(&PanelContext) -> Element,
    /// The rarely used options of time series charts.
    pub chart_options: &'static RareOptions,
}

/// Notes in Markdown.
pub struct Notes {
    /// The content of a text panel.
    pub view: fn(&PanelContext) -> Element,
}

/// Saving a panel as a file.
pub struct Export {
    /// Saves its series as CSV.
    pub csv: fn(&PanelContext),
    /// Saves its chart as PNG, as it is shown in this element.
    pub png: fn(App, &Panel, &web_sys::Element),
    /// Saves its chart as SVG, with the legend that is shown in this element.
    pub svg: fn(&PanelContext, &web_sys::Element),
}

impl OnDemand for Overview {
    const FILE: File = File::Overview;
}

impl OnDemand for Lists {
    const FILE: File = File::Lists;
}

impl OnDemand for Hands {
    const FILE: File = File::Hands;
}

impl OnDemand for Kinds {
    const FILE: File = File::Kinds;
}

impl OnDemand for Notes {
    const FILE: File = File::Notes;
}

impl OnDemand for Export {
    const FILE: File = File::Export;
}

/// The functions of a file; `None` until it is loaded.
pub fn ready<T: OnDemand>(app: App) -> Option<&'static T> {
    match app.files.arrival(T::FILE).get() {
        Arrival::Ready(table) => (table as &dyn Any).downcast_ref(),
        Arrival::Missing | Arrival::Failed => None,
    }
}

/// A part of the page that `make` builds with the functions of a file; a skeleton until the file is loaded. A file that fails to load is
/// requested again at each refresh, and by a button.
pub fn deferred<T: OnDemand, P: Into<Parts>>(app: App, make: impl Fn(&'static T) -> P + 'static) -> Element {
    deferred_parts(app, T::FILE, Box::new(move || ready(app).map(|table| make(table).into())))
}

/// Requests a file now, unless its last request failed, and again at each refresh until it is loaded.
pub fn keep_asking(app: App, file: File) {
    let is_first = Cell::new(true);
    follow(Box::new(move || {
        app.refresh.now.track();
        if !is_first.replace(false) || matches!(app.files.arrival(file).get_untracked(), Arrival::Missing) {
            app.files.fetch(file);
        }
    }));
}

/// Requests a file after a short delay, unless the browser is in data-saving mode.
pub fn fetch_when_idle(app: App, file: File) {
    let navigator: JsValue = window().navigator().into();
    let connection = Reflect::get(&navigator, &"connection".into()).unwrap_or_default();
    if Reflect::get(&connection, &"saveData".into()).is_ok_and(|saves| saves.is_truthy()) {
        return;
    }
    set_timeout(move || app.files.fetch(file), QUIET);
}

fn deferred_parts(app: App, file: File, make: Box<dyn Fn() -> Option<Parts>>) -> Element {
    keep_asking(app, file);
    el("div").class("parts").live(move || match (make(), app.files.arrival(file).get()) {
        (Some(parts), _) => parts,
        (None, Arrival::Failed) => failure(app, file).into(),
        (None, _) => el("div").class("skeleton").attr("aria-label", app.text().loading).into(),
    })
}

fn failure(app: App, file: File) -> Element {
    let text = app.text();
    let again = el("button").class("button").attr("type", "button").on("click", move |event| {
        // Keeps the menu around this button open.
        event.stop_propagation();
        app.files.fetch(file);
    });
    let again = again.live_text(move || if app.files.in_flight(file).get() { text.loading } else { text.try_again }.to_owned());
    el("div").class("notice is-red").attr("role", "alert").child(el("span").text(text.file_failed)).child(again)
}
