//! The overview: is anything wrong, and a tile for each service.

use super::service::service_tile;
use crate::model::alert::{Alert, AlertRule, AlertState};
use crate::model::timestamp;
use crate::model::view_state::Page;
use crate::state::{App, clock, use_app};
use crate::view::controls::{Link, RefreshPicker, TimePicker};
use crate::view::panel::{Waiting, summary};
use crate::view::ui::live;
use leptos::prelude::*;

/// The overview.
#[component]
pub fn Overview() -> impl IntoView {
    let app = use_app();
    let waiting = RwSignal::new(0_usize);
    provide_context(Waiting(waiting));
    let tiles = app.config().dashboards.iter().map(|entry| service_tile(app, entry.clone())).collect_view();
    let arrived = move || waiting.get() == 0 && (app.rules.last.with(Option::is_some) || app.rules.error.with(Option::is_some));
    view! {
        <main id="main" data-dashboard="overview" data-state=Signal::derive(move || if arrived() { "ready" } else { "waiting" })>
            <div class="toolbar">
                <div class="heading"><h1>{app.text().overview}</h1></div>
                <div class="controls"><TimePicker/> <RefreshPicker/></div>
            </div>
            {firing(app)}
            <div class="tiles">{tiles}</div>
        </main>
    }
}

/// What fires, in one line an alert; or that nothing does.
fn firing(app: App) -> AnyView {
    let to = Signal::derive(move || app.navigation.view.with(|view| view.on(Page::Alerts)));
    let lines = move || {
        let loaded = app.rules.last.get()?;
        let firing = loaded.data.iter().flat_map(|rule| {
            rule.alerts.iter().filter(|alert| alert.state == AlertState::Firing).map(move |alert| line(app, rule, alert))
        });
        let firing = firing.collect::<Vec<_>>();
        Some(if firing.is_empty() {
            let words = if loaded.data.is_empty() { app.text().no_rules } else { app.text().nothing_fires };
            view! { <p class="notice is-green"><span class="symbol" aria-hidden="true">"✓"</span>{words}</p> }.into_any()
        } else {
            view! { <ul class="firing">{firing}</ul> }.into_any()
        })
    };
    view! {
        <section class="status" aria-label=app.text().alerts aria-live="polite">
            {live(lines)}
            <Link class="status-link" to=to>{app.text().all_alerts}</Link>
        </section>
    }
    .into_any()
}

fn line(app: App, rule: &AlertRule, alert: &Alert) -> AnyView {
    let words = summary(&alert.annotations, "summary", app.language());
    let since = alert.active_since.map(|at| app.zone.with(|zone| timestamp::short(at, clock::now(), zone)));
    view! {
        <li class="notice is-red">
            <span class="symbol" aria-hidden="true">"✕"</span>
            <strong>{rule.name.clone()}</strong>
            <span>{words}</span>
            <span class="since">{app.text().since} " " {since}</span>
        </li>
    }
    .into_any()
}
