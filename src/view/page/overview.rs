//! The overview: the firing alerts, and a tile for each service.

use super::parts::toolbar;
use super::service::service_tile;
use crate::state::{App, clock};
use crate::view::controls::{link, refresh_picker, time_picker};
use crate::view::panel::frame::waiting::Waiting;
use crate::view::panel::kinds::alert_list::summary;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::alert::{Alert, AlertRule, AlertState};
use model::view_state::Page;
use text::timestamp;

/// The content of the overview.
pub fn content(app: App, waiting: Waiting) -> Vec<Element> {
    waiting.until(move || app.rules.is_settled());
    let tiles: Vec<_> = app.config.dashboards.iter().map(|entry| service_tile(app, waiting, entry)).collect();
    let to = Signal::derive(move || app.navigation.view.with(|view| view.on(Page::Alerts)));
    let status = el("section").class("status").attr("aria-label", app.text().alerts);
    let status = status.live(move || firing(app)).child(link(app, "status-link", to).text(app.text().all_alerts));
    let head = toolbar(app.text().overview, None, vec![time_picker(app), refresh_picker(app)]);
    vec![head, status, el("div").class("tiles").children(tiles)]
}

/// The firing alerts, one line each, or a line that says that none fires.
fn firing(app: App) -> Option<Element> {
    let loaded = app.rules.last()?;
    let mut lines = Vec::new();
    for rule in &loaded.data {
        lines.extend(rule.alerts.iter().filter(|alert| alert.state == AlertState::Firing).map(|alert| line(app, rule, alert)));
    }
    if !lines.is_empty() {
        return Some(el("ul").class("firing").children(lines));
    }
    if app.rules.has_failed() {
        // An old answer does not tell the current status.
        return Some(el("p").class("notice is-purple").child(symbol("?")).child(el("span").text(app.text().unknown)));
    }
    let words = if loaded.data.is_empty() { app.text().no_rules } else { app.text().nothing_fires };
    Some(el("p").class("notice is-green").child(symbol("✓")).child(el("span").text(words)))
}

fn symbol(sign: &str) -> Element {
    el("span").class("symbol").attr("aria-hidden", "true").text(sign)
}

fn line(app: App, rule: &AlertRule, alert: &Alert) -> Element {
    let words = summary(&alert.annotations, "summary", app.language()).unwrap_or_default();
    let since = alert.active_since.map(|at| app.zone.with(|zone| timestamp::short(at, clock::now(), zone))).unwrap_or_default();
    let line = el("li").class("notice is-red").child(symbol("✕")).child(el("strong").text(&rule.name)).child(el("span").text(&words));
    line.child(el("span").class("since").text(app.text().since).text(" ").text(&since))
}
