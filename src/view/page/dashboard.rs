//! A dashboard: its title, its controls, its panels. Where nothing scrapes its service: what to do about that.

use super::service::not_scraped;
use crate::model::dashboard::Dashboard;
use crate::model::variable::Variable;
use crate::state::panel_query::{Reply, ask_instants};
use crate::state::{App, language, use_app, variables};
use crate::view::controls::{RefreshPicker, TimePicker, VariablePicker};
use crate::view::panel::{Waiting, panels};
use crate::view::ui::live;
use leptos::prelude::*;

/// The dashboard that the URL names.
#[component]
pub fn DashboardPage(
    /// Its id.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let loaded = {
        let id = id.clone();
        Memo::new(move |_| app.dashboard.last.get().filter(|loaded| loaded.asked == id))
    };
    live(move || match loaded.get() {
        Some(loaded) => dashboard(app, id.clone(), loaded.data.clone()),
        None => missing(app, id.clone()),
    })
}

fn missing(app: App, id: String) -> AnyView {
    let named = id.clone();
    let failed = move || app.dashboard.error.get();
    view! {
        <main id="main" data-dashboard=id.clone() data-state=Signal::derive(move || if failed().is_some() { "ready" } else { "waiting" })>
            {live(move || match failed() {
                Some(error) => {
                    let why = language::explain(&error, app.text());
                    view! { <p class="notice is-red" role="alert">{app.text().dashboard_missing} " " <code>{named.clone()}</code> ". " {why}</p> }.into_any()
                }
                None => view! { <div class="skeleton tall" aria-label=app.text().loading></div> }.into_any(),
            })}
        </main>
    }
    .into_any()
}

fn dashboard(app: App, id: String, dashboard: Dashboard) -> AnyView {
    let waiting = RwSignal::new(0_usize);
    provide_context(Waiting(waiting));
    let variables = variables::resolve(app, &dashboard.variables);
    let visible = |variable: &Variable| !variable.hide;
    let pickers = variables.iter().filter(|state| visible(&state.variable)).cloned();
    let pickers = pickers.map(|variable| view! { <VariablePicker variable=variable/> }).collect_view();
    let service = dashboard.service.clone();
    let health = service.as_ref().map(|service| ask_instants(app, vec![service.health.clone()]));
    let absent = Memo::new(move |_| {
        health.is_some_and(|health| health.last.with(|last| last.as_ref().is_some_and(|loaded| loaded.data.replies.iter().all(Reply::is_empty))))
    });
    let alone = Memo::new(move |_| app.navigation.view.with(|view| view.panel));
    let Dashboard { title, description, panels: shown, .. } = dashboard;
    let (title, description) = (title.get(app.language()).to_owned(), description.get(app.language()).to_owned());
    let body = move || {
        if let (true, Some(service)) = (absent.get(), &service) {
            return not_scraped(app, service);
        }
        let known = alone.get().filter(|id| shown.iter().any(|panel| panel.id == *id));
        panels(&shown, &variables, known)
    };
    view! {
        <main id="main" data-dashboard=id data-state=Signal::derive(move || if waiting.get() == 0 { "ready" } else { "waiting" })>
            <div class="toolbar">
                <div class="heading">
                    <h1>{title}</h1>
                    <p class="subtitle">{description}</p>
                </div>
                <div class="controls">{pickers} <TimePicker/> <RefreshPicker/></div>
            </div>
            {live(body)}
        </main>
    }
    .into_any()
}
