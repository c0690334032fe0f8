//! The page of alerts: all alerting rules, firing first; or one line of status, as a badge.

use super::parts::toolbar;
use crate::state::memo::memo;
use crate::state::{App, language};
use crate::view::controls::refresh_picker;
use crate::view::panel::kinds::alert_list::alert_rows;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::alert::AlertState;

/// The content of the page of alerts.
pub fn content(app: App) -> Vec<Element> {
    let as_badge = memo(move || app.navigation.view.with(|view| view.badge && view.embed));
    let content = move || {
        if as_badge.get() {
            return vec![el("div").live(move || badge(app))];
        }
        let failed = move || {
            let error = app.rules.error().filter(|_| !app.rules.has_answer())?;
            Some(el("p").class("notice is-red").attr("role", "alert").text(&language::explain(&error, app.text())))
        };
        // The list is built once: its rows follow new answers themselves.
        let has_rows = memo(move || app.rules.has_answer() || !app.rules.has_failed());
        let rows = move || has_rows.get().then(|| alert_rows(app, |_| true));
        vec![toolbar(app.text().alerts, None, vec![refresh_picker(app)]), el("div").live(failed).live(rows)]
    };
    vec![el("div").class("parts").live(content)]
}

/// One line: the firing rules, or that none fires.
fn badge(app: App) -> Element {
    let text = app.text();
    let line = |class: &str, symbol: &str, words: &str| {
        let symbol = el("span").class("symbol").attr("aria-hidden", "true").text(symbol);
        el("p").class(class).child(symbol).child(el("span").text(words))
    };
    // After a failed request the status is unknown: an old answer must not say that nothing fires.
    let Some(loaded) = app.rules.last().filter(|_| !app.rules.has_failed()) else {
        return line("notice badge is-purple", "?", text.unknown);
    };
    let firing: Vec<_> = loaded.data.iter().filter(|rule| rule.state == AlertState::Firing).map(|rule| rule.name.as_str()).collect();
    if firing.is_empty() && loaded.data.iter().any(|rule| rule.state == AlertState::Unknown) {
        return line("notice badge is-purple", "?", text.unknown);
    }
    if firing.is_empty() {
        return line("notice badge is-green", "✓", text.nothing_fires);
    }
    line("notice badge is-red", "✕", &format!("{} {}: {}", firing.len(), text.firing, firing.join(", ")))
}
