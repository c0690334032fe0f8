//! The tile of a service on the overview, and the setup instructions for a service that is not scraped.

use crate::state::config::DashboardEntry;
use crate::state::memo::memo;
use crate::state::panel_query::{PanelQuery, ask_service};
use crate::state::source::Reply;
use crate::state::{App, dashboard, language};
use crate::view::controls::link;
use crate::view::panel::frame::waiting::Waiting;
use crate::view::panel::kinds::alert_list::summary;
use crate::view::panel::values::reading::words;
use crate::view::ui::{Element, el, follow};
use leptos::prelude::*;
use model::alert::{AlertRule, AlertState};
use model::color::Color;
use model::dashboard::{Field, Service, Target};
use model::series::Sample;
use model::view_state::Page;
use text::locale::Language;
use text::order::by_text;

/// The health of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    /// There is no answer yet.
    Waiting,
    /// The request failed.
    Unknown,
    /// It is not scraped.
    Absent,
    /// At least one of its parts is down.
    Down,
    /// All parts are up, and an alert fires.
    Alert,
    /// All parts are up, and no alert fires.
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

/// The setup instructions for a service that is not scraped.
pub fn not_scraped(app: App, service: &Service) -> Element {
    let text = app.text();
    let code = el("pre").class("code").attr("tabindex", "0").child(el("code").text(&service.scrape));
    el("section")
        .class("not-scraped")
        .child(el("h2").text(text.not_scraped_title))
        .child(el("p").text(service.exporter.get(app.language())))
        .child(el("p").text(text.not_scraped_hint))
        .child(code)
        .child(el("p").class("hint").text(text.not_scraped_after))
}

/// The tile of the dashboard `entry`; empty for a dashboard without a service.
pub fn service_tile(app: App, waiting: Waiting, entry: &DashboardEntry) -> Element {
    let id = entry.id.clone();
    let file = dashboard::ask(app.query_context(), Box::new(move || Some(id.clone())));
    let title = entry.title.get(app.language()).to_owned();
    let id = entry.id.clone();
    let settled = RwSignal::new(false);
    waiting.until(move || settled.get() || file.has_failed());
    el("div").class("tile-place").live(move || {
        if let Some(loaded) = file.last() {
            let tile = loaded.data.service.as_ref().map(|service| tile(app, settled, &id, &title, service));
            // A dashboard without a service has nothing to wait for.
            if tile.is_none() {
                settled.set(true);
            }
            return tile;
        }
        let why = file.error().map(|error| language::explain(&error, app.text())).unwrap_or_default();
        let unknown = el("article").class("tile is-text").attr("data-service", &id);
        Some(unknown.child(el("h2").text(&title)).child(el("p").class("hint").text(&why)))
    })
}

fn tile(app: App, settled: RwSignal<bool>, id: &str, title: &str, service: &Service) -> Element {
    let exprs = std::iter::once(service.health.clone()).chain(service.stats.iter().map(|stat| stat.expr.clone())).collect();
    let query = ask_service(app, exprs);
    follow(Box::new(move || {
        if query.is_settled() {
            settled.set(true);
        }
    }));
    let service_id = id.to_owned();
    let alerts = memo(move || app.rules.last().map(|loaded| firing_for(&loaded.data, &service_id, app.language())).unwrap_or_default());
    // Nginx may still serve a cached answer while Prometheus is down.
    let outage = memo(move || app.rules.error().is_some_and(|error| error.is_outage()));
    let health = memo(move || if outage.get() { Health::Unknown } else { Health::of(query, alerts.with(|alerts| !alerts.is_empty())) });
    let page = Page::Dashboard(id.to_owned());
    let to = Signal::derive(move || app.navigation.view.with(|view| view.on(page.clone())));

    let symbol = el("span").class("symbol").attr("aria-hidden", "true");
    let symbol = symbol.live_text(move || health.get().color().symbol().unwrap_or_default().to_owned());
    let state = el("span").class("state").child(symbol).live_text(move || health.get().words(app).to_owned());
    let head = el("header").class("tile-head").child(el("h2").child(link(app, "tile-link", to).text(title))).child(state);
    let (stats, legend) = (service.stats.clone(), service.legend_format.clone());
    let body = move || match health.get() {
        Health::Absent => vec![el("p").class("hint").text(app.text().not_scraped_title)],
        _ => vec![numbers(app, &stats, query), parts(&legend, query)],
    };
    let alert_lines = move || {
        let line = |(name, words): &(String, String)| el("li").child(el("strong").text(name)).text(" ").text(words);
        alerts.with(|alerts| {
            (!alerts.is_empty()).then(|| el("ul").class("tile-alerts").children(alerts.iter().map(line).collect::<Vec<_>>()))
        })
    };
    let tile = el("article").attr("data-service", id).live_attr("data-service-state", move || Some(health.get().name().to_owned()));
    let tile = tile.live_attr("class", move || Some(format!("tile is-{}", health.get().color().name())));
    tile.child(head).live(body).live(alert_lines)
}

impl Health {
    fn of(query: PanelQuery, fires: bool) -> Self {
        match query.last().and_then(|loaded| first_samples(&loaded.data.replies)) {
            // An old answer does not tell the current status.
            _ if query.has_failed() => Self::Unknown,
            None => Self::Waiting,
            Some(parts) if parts.is_empty() => Self::Absent,
            Some(parts) if parts.iter().any(|part| part.value == 0.0) => Self::Down,
            Some(_) if fires => Self::Alert,
            Some(_) => Self::Ok,
        }
    }
}

/// The parts of a service, each up or down.
fn parts(legend: &str, query: PanelQuery) -> Element {
    let samples = query.last().and_then(|loaded| first_samples(&loaded.data.replies)).unwrap_or_default();
    let named = samples.iter().map(|part| (part.labels.legend(legend), part.value != 0.0)).collect();
    let chip = |(name, up): (String, bool)| {
        let symbol = el("span").class("symbol").attr("aria-hidden", "true").text(if up { "✓" } else { "✕" });
        el("li").class(if up { "chip is-green" } else { "chip is-red" }).child(symbol).text(&name)
    };
    el("ul").class("chips").children(by_text(named, |(name, _)| name.clone()).into_iter().map(chip).collect::<Vec<_>>())
}

fn first_samples(replies: &[Reply]) -> Option<Vec<Sample>> {
    match replies.first()? {
        Reply::Instant(samples) => Some(samples.clone()),
        Reply::Range(_) => None,
    }
}

/// The name and summary of each firing alert of the service `id`, whose rules have the label `service: ID`.
fn firing_for(rules: &[AlertRule], id: &str, language: Language) -> Vec<(String, String)> {
    let of_service = |rule: &&AlertRule| rule.state == AlertState::Firing && rule.labels.get("service") == Some(id);
    let firing = rules.iter().filter(of_service).flat_map(|rule| {
        let alerts = rule.alerts.iter().filter(|alert| alert.state == AlertState::Firing);
        alerts.map(move |alert| (rule.name.clone(), summary(&alert.annotations, "summary", language).unwrap_or_default()))
    });
    firing.collect()
}

/// The numbers of the tile: all answers after the first, which is the health.
fn numbers(app: App, stats: &[Target], query: PanelQuery) -> Element {
    let loaded = query.last();
    let language = app.language();
    let one = |(index, stat): (usize, &Target)| {
        let field = stat.field.clone().unwrap_or_else(Field::default);
        let value = match loaded.as_ref().and_then(|loaded| loaded.data.replies.get(index + 1)) {
            Some(Reply::Instant(samples)) => samples.first().map(|sample| sample.value),
            _ => None,
        };
        let number = el("dd").child(el("span").attr("data-value", "").text(&words(app, &field, value)));
        let class = format!("number is-{}", field.color(value).name());
        el("div").class(&class).child(el("dt").text(stat.title.get(language))).child(number)
    };
    el("dl").class("numbers").children(stats.iter().enumerate().map(one).collect::<Vec<_>>())
}
