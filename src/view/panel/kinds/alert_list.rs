//! Alerting rules and their alerts as rows, worst first. Everything in them is untrusted text.

use crate::state::{App, clock};
use crate::view::panel::frame::context::PanelContext;
use crate::view::ui::{Element, Row, el};
use leptos::prelude::*;
use model::alert::{Alert, AlertRule, AlertState};
use model::dashboard::Kind;
use model::labels::Labels;
use model::time::format_duration;
use model::unit::Unit;
use text::locale::Language;
use text::timestamp;

/// The rules of the panel's service, or all rules.
pub fn view(context: &PanelContext) -> Element {
    let service = if let Kind::AlertList(options) = &context.panel.kind { options.service.clone() } else { None };
    alert_rows(context.app, move |rule| service.is_none() || rule.labels.get("service") == service.as_deref())
}

/// A row for each rule that `keep` accepts.
pub fn alert_rows(app: App, keep: impl Fn(&AlertRule) -> bool + Clone + 'static) -> Element {
    let kept = keep.clone();
    let note = move || match app.rules.last() {
        None if app.rules.has_failed() => Some(el("p").class("message").text(app.text().no_answer)),
        None => Some(el("div").class("skeleton").attr("aria-label", app.text().loading)),
        Some(loaded) if !loaded.data.iter().any(&kept) => Some(el("p").class("message").text(app.text().no_rules)),
        Some(_) => None,
    };
    let rules = move || {
        let loaded = app.rules.last();
        let rules = loaded.iter().flat_map(|loaded| &loaded.data).filter(|rule| keep(rule));
        rules.map(|rule| (format!("{} {} {}", rule.group, rule.name, rule.labels.to_selector()), rule.clone())).collect()
    };
    let rows = el("div").class("parts").keyed(rules, move |rule| row(app, rule));
    el("div").class("alerts").live(note).child(rows)
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

/// The CSS class of a state.
fn state_class(state: AlertState) -> &'static str {
    match state {
        AlertState::Firing => "is-red",
        AlertState::Pending => "is-yellow",
        AlertState::Unknown => "is-purple",
        AlertState::Inactive => "is-green",
    }
}

/// The text of an annotation: in Swedish if that is the language and there is a Swedish version (`summary_sv`).
pub fn summary(annotations: &Labels, name: &str, language: Language) -> Option<String> {
    let translated = (language != Language::En).then(|| annotations.get(&format!("{name}_{}", language.code()))).flatten();
    translated.or_else(|| annotations.get(name)).map(str::to_owned)
}

fn symbol(state: AlertState) -> &'static str {
    match state {
        AlertState::Firing => "✕",
        AlertState::Pending => "!",
        AlertState::Unknown => "?",
        AlertState::Inactive => "✓",
    }
}

fn row(app: App, rule: Row<AlertRule>) -> Element {
    let text = app.text();
    let state = move || rule.with(|rule| Some(rule.state)).unwrap_or(AlertState::Unknown);
    let sign = el("span").class("symbol").attr("aria-hidden", "true").live_text(move || symbol(state()).to_owned());
    let words = el("span").class("state").child(sign).live_text(move || state_words(app, state()).to_owned());
    let name = move || rule.with(|rule| rule.name.clone());
    let severity = move || rule.with(|rule| rule.labels.get("severity").map(str::to_owned));
    let since = move || {
        let at = rule.with(AlertRule::active_since)?;
        Some(format!("{} {}", text.since, app.zone.with(|zone| timestamp::short(at, clock::now(), zone))))
    };
    let head = el("header").class("alert-head").child(words).child(el("h3").live_text(name));
    let head = head.child(el("span").class("chip").live_text_if_any(severity)).child(el("span").class("since").live_text_if_any(since));
    let error = el("p").class("bad").live_text_if_any(move || rule.with(|rule| rule.last_error.clone()));
    // The annotations of a rule are templates; only its alerts have the final texts.
    let alerts = move || rule.with(|rule| rule.alerts.iter().map(|alert| (alert.labels.to_selector(), alert.clone())).collect());
    let alerts = el("div").class("parts").keyed(alerts, move |alert| alert_view(app, alert));
    let hold = move || rule.with(|rule| format!("{} {} · {}", text.must_hold_for, format_duration(rule.hold), rule.group));
    let details = el("details").class("alert-rule").child(el("summary").text(text.rule));
    let details = details.child(el("code").class("expr").live_text(move || rule.with(|rule| rule.query.clone())));
    let details = details.child(el("p").class("hint").live_text(hold));
    let article = el("article").live_attr("class", move || Some(format!("alert {}", state_class(state()))));
    let article =
        article.live_attr("data-alert", move || Some(name())).live_attr("data-alert-state", move || Some(state().name().to_owned()));
    article.child(head).child(error).child(alerts).child(details)
}

fn alert_view(app: App, alert: Row<Alert>) -> Element {
    let (text, language) = (app.text(), app.language());
    let annotation = |name: &'static str| move || alert.with(|alert| summary(&alert.annotations, name, language));
    let heading = el("p").class("alert-summary").live_text_if_any(annotation("summary"));
    let description = el("p").live_text_if_any(annotation("description"));
    let state = move || alert.with(|alert| Some(alert.state)).unwrap_or(AlertState::Unknown);
    let since = move || {
        let at = alert.with(|alert| alert.active_since);
        at.map(|at| app.zone.with(|zone| timestamp::short(at, clock::now(), zone))).unwrap_or_default()
    };
    let words = el("span").live_attr("class", move || Some(format!("chip {}", state_class(state()))));
    let words = words.live_text(move || format!("{} {}", state_words(app, state()), since()));
    let chip = |name: &str| el("span").class("chip").child(el("span").class("chip-name").text(name));
    let value = chip(text.value).live_text(move || app.format(&Unit::SHORT, alert.with(|alert| alert.value), None));
    // The labels are the key of the row: they do not change.
    let labels = untrack(|| alert.with(|alert| alert.labels.clone()));
    let labels: Vec<_> = labels.iter().filter(|(name, _)| *name != "alertname").map(|(name, value)| chip(name).text(value)).collect();
    let chips = el("p").class("chips").child(words).child(value).children(labels);
    el("div").class("alert-instance").child(heading).child(description).child(chips)
}
