//! A dashboard: its title, its controls and its panels; or setup instructions if its service is not scraped.

use super::parts::{main_element, toolbar};
use crate::state::memo::memo;
use crate::state::on_demand::File;
use crate::state::panel_query::{PanelQuery, ask_instants};
use crate::state::source::Reply;
use crate::state::use_query::Loaded;
use crate::state::{App, language, variables};
use crate::view::controls::{refresh_picker, time_picker, variable_picker};
use crate::view::on_demand::{Overview, deferred, fetch_when_idle};
use crate::view::panel::frame::board::Board;
use crate::view::panel::frame::panel_frame::panels;
use crate::view::ui::{Element, el, follow};
use leptos::prelude::*;
use model::dashboard::Dashboard;
use model::time::HOUR;
use std::cell::Cell;
use std::sync::Arc;

/// The dashboard `id`.
pub fn view(app: App, id: String) -> Element {
    // The `div` stays while `main` is replaced once the dashboard file is loaded.
    let file = memo(move || app.dashboard.last().filter(|loaded| loaded.asked == id).ok_or_else(|| id.clone()));
    el("div").live(move || match file.get() {
        Ok(loaded) => dashboard(app, &loaded),
        Err(id) => missing(app, &id),
    })
}

fn missing(app: App, id: &str) -> Element {
    let (text, shown) = (app.text(), id.to_owned());
    let state = move || Some(if app.dashboard.has_failed() { "ready" } else { "waiting" }.to_owned());
    main_element().attr("data-dashboard", id).live_attr("data-state", state).live(move || match app.dashboard.error() {
        Some(error) => {
            let notice = el("p").class("notice is-red").attr("role", "alert").text(text.dashboard_missing);
            notice.child(el("code").text(&shown)).child(el("span").text(&language::explain(&error, text)))
        }
        None => el("div").class("skeleton tall").attr("aria-label", text.loading),
    })
}

fn dashboard(app: App, loaded: &Arc<Loaded<String, Dashboard>>) -> Element {
    let dashboard = &loaded.data;
    let variables = variables::resolve(app, &dashboard.variables);
    let board = Board::new(app, dashboard, &variables);
    let waiting = board.waiting;
    let shown = variables.iter().filter(|state| !state.variable.hide).cloned();
    let mut controls: Vec<_> = shown.map(|state| variable_picker(app, state)).collect();
    controls.extend([time_picker(app), refresh_picker(app)]);
    let health = dashboard.service.as_ref().map(|service| ask_instants(app, vec![service.health.clone()]));
    // Whether it is scraped is a question about now: a window of the past has no answer to it.
    let is_now = move || app.window.with(|window| window.end) >= app.refresh.now.get() - HOUR;
    let absent = memo(move || is_now() && health.is_some_and(is_empty));
    let alone = memo(move || app.navigation.view.with(|view| view.panel));
    let subtitle = el("p").class("subtitle").text(dashboard.description.get(app.language()));
    let head = toolbar(dashboard.title.get(app.language()), Some(subtitle), controls);
    let room = main_element().attr("data-dashboard", &loaded.asked).live_attr("data-state", move || Some(waiting.state())).child(head);
    let loaded = Arc::clone(loaded);
    let room = room.live(move || {
        let dashboard = &loaded.data;
        match &dashboard.service {
            Some(service) if absent.get() => {
                let service = service.clone();
                deferred(app, move |file: &Overview| (file.not_scraped)(app, &service))
            }
            _ => {
                // The id of a missing panel is ignored: all panels are shown.
                let alone = alone.get().filter(|id| dashboard.panels.iter().any(|panel| panel.id == *id));
                panels(app, &board, &dashboard.panels, &variables, alone)
            }
        }
    });
    // After the panels are built: before that, nothing waits.
    let fetched = Cell::new(false);
    follow(Box::new(move || {
        if waiting.is_over() && !fetched.replace(true) {
            // Loaded in advance, so that the first hover works at once.
            fetch_when_idle(app, File::Hands);
        }
    }));
    room
}

/// Whether the source has answered without data.
fn is_empty(query: PanelQuery) -> bool {
    query.last().is_some_and(|loaded| loaded.data.replies.iter().all(Reply::is_empty))
}
