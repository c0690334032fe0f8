//! One service on the overview, and what to do where nothing scrapes it.

use crate::model::alert::{AlertRule, AlertState};
use crate::model::color::Color;
use crate::model::dashboard::{Dashboard, Field, Service, Target};
use crate::model::locale::Language;
use crate::model::series::Sample;
use crate::model::view_state::Page;
use crate::state::config::DashboardEntry;
use crate::state::panel_query::{PanelQuery, Reply, ask_instants};
use crate::state::use_query::use_query;
use crate::state::{App, dashboard, language};
use crate::view::controls::Link;
use crate::view::panel::{Waiting, summary, words};
use crate::view::ui::live;
use leptos::prelude::*;

/// How a service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    /// Nothing is known yet.
    Waiting,
    /// Nobody answers.
    Unknown,
    /// Nothing scrapes it.
    Absent,
    /// A part of it is down.
    Down,
    /// All parts are up, and an alert fires.
    Alert,
    /// All is well.
    Ok,
}

impl Health {
    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Unknown => "unknown",
            Self::Absent => "absent",
            Self::Down => "down",
            Self::Alert => "alert",
            Self::Ok => "ok",
        }
    }

    fn color(self) -> Color {
        match self {
            Self::Waiting | Self::Absent => Color::Text,
            Self::Unknown => Color::Purple,
            Self::Down => Color::Red,
            Self::Alert => Color::Orange,
            Self::Ok => Color::Green,
        }
    }

    fn words(self, app: App) -> &'static str {
        let text = app.text();
        match self {
            Self::Waiting => text.loading,
            Self::Unknown => text.unknown,
            Self::Absent => text.not_scraped,
            Self::Down => text.down,
            Self::Alert => text.firing,
            Self::Ok => text.healthy,
        }
    }
}

/// What to do where nothing scrapes a service.
pub fn not_scraped(app: App, service: &Service) -> AnyView {
    view! {
        <section class="not-scraped">
            <h2>{app.text().not_scraped_title}</h2>
            <p>{service.exporter.get(app.language()).to_owned()}</p>
            <p>{app.text().not_scraped_hint}</p>
            <pre class="code" tabindex="0"><code>{service.scrape.clone()}</code></pre>
            <p class="hint">{app.text().not_scraped_after}</p>
        </section>
    }
    .into_any()
}

/// The tile of the dashboard `entry`: nothing for a dashboard that has no service.
pub fn service_tile(app: App, entry: DashboardEntry) -> AnyView {
    let id = entry.id.clone();
    let file = use_query(move || Some(id.clone()), |_, _| true, |_, id| dashboard::load(id));
    live(move || match file.last.get() {
        Some(loaded) => tile(app, &entry, &loaded.data),
        None => {
            let why = file.error.get().map(|error| language::explain(&error, app.text()));
            let title = entry.title.get(app.language()).to_owned();
            view! { <article class="tile" data-service=entry.id.clone()><h2>{title}</h2><p class="hint">{why}</p></article> }.into_any()
        }
    })
}

fn tile(app: App, entry: &DashboardEntry, dashboard: &Dashboard) -> AnyView {
    let Some(service) = dashboard.service.clone() else { return ().into_any() };
    let exprs = std::iter::once(service.health.clone()).chain(service.stats.iter().map(|stat| stat.expr.clone())).collect();
    let query = ask_instants(app, exprs);
    count_arrival(query);
    let parts = Memo::new(move |_| query.last.get().and_then(|loaded| first_samples(&loaded.data.replies)));
    let alerts = {
        let id = entry.id.clone();
        Memo::new(move |_| app.rules.last.get().map(|loaded| firing_for(&loaded.data, &id, app.language())).unwrap_or_default())
    };
    let health = Memo::new(move |_| match parts.get() {
        None if query.error.with(Option::is_some) => Health::Unknown,
        None => Health::Waiting,
        Some(parts) if parts.is_empty() => Health::Absent,
        Some(parts) if parts.iter().any(|part| part.value == 0.0) => Health::Down,
        Some(_) if alerts.with(|alerts| !alerts.is_empty()) => Health::Alert,
        Some(_) => Health::Ok,
    });
    let title = entry.title.get(app.language()).to_owned();
    let to = {
        let id = entry.id.clone();
        Signal::derive(move || app.navigation.view.with(|view| view.on(Page::Dashboard(id.clone()))))
    };
    let stats = service.stats.clone();
    let legend = service.legend_format.clone();
    let chips = move || {
        let part = |part: &Sample| {
            let up = part.value != 0.0;
            let name = part.labels.legend(&legend);
            view! { <li class=if up { "chip is-green" } else { "chip is-red" }><span class="symbol" aria-hidden="true">{if up { "✓" } else { "✕" }}</span>{name}</li> }
        };
        let mut parts = parts.get()?;
        parts.sort_by(|a, b| a.labels.legend(&legend).cmp(&b.labels.legend(&legend)));
        Some(parts.iter().map(part).collect_view())
    };
    let numbers = move || {
        let replies = query.last.get().map(|loaded| loaded.data.replies.clone()).unwrap_or_default();
        let number = |(index, stat): (usize, &Target)| number(app, stat, replies.get(index + 1));
        stats.iter().enumerate().map(number).collect_view()
    };
    let alert_lines = move || {
        let line = |(name, text): &(String, String)| view! { <li><strong>{name.clone()}</strong> " " {text.clone()}</li> };
        alerts.with(|alerts| (!alerts.is_empty()).then(|| view! { <ul class="tile-alerts">{alerts.iter().map(line).collect_view()}</ul> }))
    };
    view! {
        <article
            class=Signal::derive(move || format!("tile is-{}", health.get().color().name()))
            data-service=entry.id.clone()
            data-service-state=Signal::derive(move || health.get().name())
        >
            <header class="tile-head">
                <h2><Link class="tile-link" to=to>{title}</Link></h2>
                <span class="state">
                    <span class="symbol" aria-hidden="true">{live(move || health.get().color().symbol())}</span>
                    {live(move || health.get().words(app))}
                </span>
            </header>
            {live(move || if health.get() == Health::Absent {
                view! { <p class="hint">{app.text().not_scraped_title}</p> }.into_any()
            } else {
                view! { <dl class="numbers">{numbers()}</dl><ul class="chips">{chips()}</ul> }.into_any()
            })}
            {live(alert_lines)}
        </article>
    }
    .into_any()
}

/// The page is ready once every tile has an answer or knows that there is none.
fn count_arrival(query: PanelQuery) {
    let Some(Waiting(waiting)) = use_context() else { return };
    waiting.update(|count| *count += 1);
    let arrived = Memo::new(move |_| query.last.with(Option::is_some) || query.error.with(Option::is_some));
    Effect::new(move |was: Option<bool>| {
        let is = arrived.get();
        if is && was != Some(true) {
            let _ = waiting.try_update(|count| *count = count.saturating_sub(1));
        }
        is || was == Some(true)
    });
}

fn first_samples(replies: &[Reply]) -> Option<Vec<Sample>> {
    match replies.first()? {
        Reply::Instant(samples) => Some(samples.clone()),
        Reply::Range(_) => None,
    }
}

/// The name and the words of every alert that fires for the service `id`: its rule says `service: ID`.
fn firing_for(rules: &[AlertRule], id: &str, language: Language) -> Vec<(String, String)> {
    let of_service = |rule: &&AlertRule| rule.state == AlertState::Firing && rule.labels.get("service") == Some(id);
    let firing = rules.iter().filter(of_service).flat_map(|rule| {
        let alerts = rule.alerts.iter().filter(|alert| alert.state == AlertState::Firing);
        alerts.map(move |alert| (rule.name.clone(), summary(&alert.annotations, "summary", language).unwrap_or_default()))
    });
    firing.collect()
}

fn number(app: App, stat: &Target, reply: Option<&Reply>) -> AnyView {
    let language = app.language();
    let field = stat.field.clone().unwrap_or_else(Field::default);
    let value = match reply {
        Some(Reply::Instant(samples)) => samples.first().map(|sample| sample.value),
        _ => None,
    };
    let color = field.color(value);
    view! {
        <div class=format!("number is-{}", color.name())>
            <dt>{stat.title.get(language).to_owned()}</dt>
            <dd><span data-value="">{words(&field, value, language)}</span></dd>
        </div>
    }
    .into_any()
}
