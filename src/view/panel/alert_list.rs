//! Alerting rules and their alerts as rows, worst first. Everything in them is untrusted text.

use crate::model::alert::{Alert, AlertRule, AlertState};
use crate::model::dashboard::Panel;
use crate::model::labels::Labels;
use crate::model::locale::Language;
use crate::model::time::format_duration;
use crate::model::timestamp;
use crate::model::unit::Unit;
use crate::state::{App, clock, use_app};
use crate::view::ui::live;
use leptos::prelude::*;
use std::sync::Arc;

/// The rules of the panel's service, or all.
pub fn view(panel: &Arc<Panel>) -> AnyView {
    let service = panel.service.clone();
    alert_rows(use_app(), move |rule| service.is_none() || rule.labels.get("service") == service.as_deref())
}

/// Every rule that `keep` keeps, a row each.
pub fn alert_rows(app: App, keep: impl Fn(&AlertRule) -> bool + Send + Sync + 'static) -> AnyView {
    let rows = move || {
        let rules = app.rules.last.get().map(|loaded| loaded.data.iter().filter(|rule| keep(rule)).cloned().collect::<Vec<_>>());
        match rules {
            None => view! { <div class="skeleton" aria-label=app.text().loading></div> }.into_any(),
            Some(rules) if rules.is_empty() => view! { <p class="message">{app.text().no_rules}</p> }.into_any(),
            Some(rules) => rules.into_iter().map(|rule| row(app, rule)).collect_view().into_any(),
        }
    };
    view! { <div class="alerts">{live(rows)}</div> }.into_any()
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

fn row(app: App, rule: AlertRule) -> AnyView {
    let language = app.language();
    let since = rule.active_since().map(|at| {
        let shown = app.zone.with(|zone| timestamp::short(at, clock::now(), zone));
        view! { <span class="since">{app.text().since} " " {shown}</span> }
    });
    let error = rule.last_error.clone().map(|error| view! { <p class="bad">{error}</p> });
    // A rule at rest has templates instead of words; its alerts have the words.
    let alerts = rule.alerts.iter().map(|alert| alert_view(app, alert, language)).collect_view();
    let severity = rule.labels.get("severity").map(|severity| view! { <span class="chip">{severity.to_owned()}</span> });
    let symbol = match rule.state {
        AlertState::Firing => "✕",
        AlertState::Pending => "!",
        AlertState::Unknown => "?",
        AlertState::Inactive => "✓",
    };
    view! {
        <article class=format!("alert {}", state_class(rule.state)) data-alert=rule.name.clone() data-alert-state=rule.state.name()>
            <header class="alert-head">
                <span class="state"><span class="symbol" aria-hidden="true">{symbol}</span>{state_words(app, rule.state)}</span>
                <h3>{rule.name.clone()}</h3>
                {severity}
                {since}
            </header>
            {error}
            {alerts}
            <details class="alert-rule">
                <summary>{app.text().rule}</summary>
                <code class="expr">{rule.query.clone()}</code>
                <p class="hint">{app.text().must_hold_for} " " {format_duration(rule.hold)} " · " {rule.group.clone()}</p>
            </details>
        </article>
    }
    .into_any()
}

fn alert_view(app: App, alert: &Alert, language: Language) -> AnyView {
    let since = alert.active_since.map(|at| app.zone.with(|zone| timestamp::short(at, clock::now(), zone)));
    let heading = summary(&alert.annotations, "summary", language);
    let description = summary(&alert.annotations, "description", language);
    let chips = alert.labels.iter().filter(|(name, _)| *name != "alertname").map(|(name, value)| {
        view! { <span class="chip"><span class="chip-name">{name.to_owned()}</span>{value.to_owned()}</span> }
    });
    view! {
        <div class="alert-instance">
            {heading.map(|heading| view! { <p class="alert-summary">{heading}</p> })}
            {description.map(|description| view! { <p>{description}</p> })}
            <p class="chips">
                <span class=format!("chip {}", state_class(alert.state))>{state_words(app, alert.state)} " " {since}</span>
                <span class="chip"><span class="chip-name">{app.text().value}</span>{Unit::Short.format(alert.value, None, language)}</span>
                {chips.collect_view()}
            </p>
        </div>
    }
    .into_any()
}
