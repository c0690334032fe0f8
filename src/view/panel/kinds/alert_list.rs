//! Alerting rules and their alerts as rows, worst first. Everything in them is untrusted text.

use crate::state::{App, clock};
use crate::view::panel::frame::context::PanelContext;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::alert::{Alert, AlertRule, AlertState};
use model::dashboard::Kind;
use model::labels::Labels;
use model::time::format_duration;
use model::unit::Unit;
use text::locale::Language;
use text::timestamp;

/// The rules of a service, or all.
pub fn view(context: &PanelContext) -> Element {
    let service = if let Kind::AlertList(options) = &context.panel.kind { options.service.clone() } else { None };
    alert_rows(context.app, move |rule| service.is_none() || rule.labels.get("service") == service.as_deref())
}

/// Every rule that `keep` keeps, a row each.
pub fn alert_rows(app: App, keep: impl Fn(&AlertRule) -> bool + 'static) -> Element {
    let rows = move || match app.rules.last() {
        None if app.rules.has_failed() => vec![el("p").class("message").text(app.text().no_answer)],
        None => vec![el("div").class("skeleton").attr("aria-label", app.text().loading)],
        Some(loaded) => {
            let rows: Vec<_> = loaded.data.iter().filter(|rule| keep(rule)).map(|rule| row(app, rule)).collect();
            if rows.is_empty() { vec![el("p").class("message").text(app.text().no_rules)] } else { rows }
        }
    };
    el("div").class("alerts").live(rows)
}

/// The name of a state in words.
pub fn state_words(app: App, state: AlertState) -> &'static str {
    let text = app.text();
    match state {
        AlertState::Firing => text.firing,
        AlertState::Pending => text.pending,
        AlertState::Unknown => text.unknown,
        AlertState::Inactive => text.inactive,
    }
}

/// The colour of a state.
fn state_class(state: AlertState) -> &'static str {
    match state {
        AlertState::Firing => "is-red",
        AlertState::Pending => "is-yellow",
        AlertState::Unknown => "is-purple",
        AlertState::Inactive => "is-green",
    }
}

/// What an annotation says: in Swedish where it has a Swedish form (`summary_sv`) and that is the language.
pub fn summary(annotations: &Labels, name: &str, language: Language) -> Option<String> {
    let translated = (language != Language::En).then(|| annotations.get(&format!("{name}_{}", language.code()))).flatten();
    translated.or_else(|| annotations.get(name)).map(str::to_owned)
}

fn row(app: App, rule: &AlertRule) -> Element {
    let text = app.text();
    let symbol = match rule.state {
        AlertState::Firing => "✕",
        AlertState::Pending => "!",
        AlertState::Unknown => "?",
        AlertState::Inactive => "✓",
    };
    let state = el("span").class("state").child(el("span").class("symbol").attr("aria-hidden", "true").text(symbol));
    let head = el("header").class("alert-head").child(state.text(state_words(app, rule.state))).child(el("h3").text(&rule.name));
    let severity = rule.labels.get("severity").map(|severity| el("span").class("chip").text(severity));
    let since = rule.active_since().map(|at| {
        let at = app.zone.with(|zone| timestamp::short(at, clock::now(), zone));
        el("span").class("since").text(text.since).text(" ").text(&at)
    });
    let error = rule.last_error.as_ref().map(|error| el("p").class("bad").text(error));
    // A rule at rest has templates instead of words; its alerts have the words.
    let alerts: Vec<_> = rule.alerts.iter().map(|alert| alert_view(app, alert)).collect();
    let hold = format!("{} {} · {}", text.must_hold_for, format_duration(rule.hold), rule.group);
    let details = el("details").class("alert-rule").child(el("summary").text(text.rule));
    let details = details.child(el("code").class("expr").text(&rule.query)).child(el("p").class("hint").text(&hold));
    let article = el("article").class(&format!("alert {}", state_class(rule.state))).attr("data-alert", &rule.name);
    let article = article.attr("data-alert-state", rule.state.name());
    article.child(head.children(severity).children(since)).children(error).children(alerts).child(details)
}

fn alert_view(app: App, alert: &Alert) -> Element {
    let (text, language) = (app.text(), app.language());
    let heading = summary(&alert.annotations, "summary", language).map(|heading| el("p").class("alert-summary").text(&heading));
    let description = summary(&alert.annotations, "description", language).map(|description| el("p").text(&description));
    let chip = |name: &str, value: &str| el("span").class("chip").child(el("span").class("chip-name").text(name)).text(value);
    let since = alert.active_since.map(|at| app.zone.with(|zone| timestamp::short(at, clock::now(), zone))).unwrap_or_default();
    let state = el("span").class(&format!("chip {}", state_class(alert.state))).text(state_words(app, alert.state)).text(" ").text(&since);
    let labels = alert.labels.iter().filter(|(name, _)| *name != "alertname").map(|(name, value)| chip(name, value)).collect::<Vec<_>>();
    let value = chip(text.value, &app.format(&Unit::SHORT, alert.value, None));
    let chips = el("p").class("chips").child(state).child(value).children(labels);
    el("div").class("alert-instance").children(heading).children(description).child(chips)
}
