//! All scrape targets, the broken ones first.

use super::parts::toolbar;
use crate::state::{App, clock, language};
use crate::view::controls::refresh_picker;
use crate::view::ui::{Element, Row, el};
use leptos::prelude::*;
use model::target::{ScrapeTarget, TargetHealth};
use model::time::format_duration;
use model::unit::Unit;
use text::timestamp;

/// The content of the page of targets.
pub fn content(app: App) -> Vec<Element> {
    let (text, query) = (app.text(), app.targets);
    let failed = move || {
        let error = query.error()?;
        Some(el("p").class("notice is-red").attr("role", "alert").text(&language::explain(&error, text)))
    };
    let count = move || {
        let Some(loaded) = query.last() else { return String::new() };
        let up = loaded.data.iter().filter(|target| target.health == TargetHealth::Up).count();
        format!("{up} / {} {}", loaded.data.len(), text.up)
    };
    let names = [text.target, text.state, text.last_scrape, text.duration, text.interval, text.last_error];
    let columns: Vec<_> = names.iter().map(|name| el("th").attr("scope", "col").text(name)).collect();
    let rows = move || {
        let loaded = query.last();
        let targets = loaded.iter().flat_map(|loaded| &loaded.data);
        targets.map(|target| (format!("{} {} {}", target.pool, target.url, target.labels.to_selector()), target.clone())).collect()
    };
    let table = el("table")
        .class("cards targets")
        .child(el("thead").child(el("tr").children(columns)))
        .child(el("tbody").keyed(rows, move |target| row(app, target)));
    let subtitle = el("p").class("subtitle").live_text(count);
    let head = toolbar(text.targets, Some(subtitle), vec![refresh_picker(app)]);
    vec![head, el("div").class("parts").live(failed), el("div").class("panel table-box").child(table)]
}

/// The text of a target in one column, if it has one.
type Value = fn(App, &ScrapeTarget) -> Option<String>;

/// The name in `data-target-state`, the class, the symbol and the text of a health.
fn health(app: App, health: TargetHealth) -> (&'static str, &'static str, &'static str, &'static str) {
    let text = app.text();
    match health {
        TargetHealth::Up => ("up", "is-green", "✓", text.up),
        TargetHealth::Down => ("down", "is-red", "✕", text.down),
        TargetHealth::Unknown => ("unknown", "is-purple", "?", text.unknown),
    }
}

fn row(app: App, target: Row<ScrapeTarget>) -> Element {
    let text = app.text();
    let job = move || target.with(|target| target.labels.get("job").unwrap_or(&target.pool).to_owned());
    let instance = move || target.with(|target| target.labels.get("instance").unwrap_or_default().to_owned());
    let state = move || target.with(|target| Some(health(app, target.health))).unwrap_or_default();
    let head = el("th").attr("scope", "row").child(el("strong").live_text(job)).text(" ").live_text(instance);
    let head = head.child(el("span").class("hint url").live_text(move || target.with(|target| target.url.clone())));
    let symbol = el("span").class("symbol").attr("aria-hidden", "true").live_text(move || state().2.to_owned());
    let words = el("span").class("cell").live_text(move || state().3.to_owned()).child(symbol);
    let health = el("td").live_attr("class", move || Some(state().1.to_owned())).attr("data-title", text.state).child(words);
    let cell = |title: &str, value: Value| {
        let value = move || target.with(|target| value(app, target)).unwrap_or_else(|| "–".to_owned());
        el("td").attr("data-title", title).live_text(value)
    };
    let scraped: Value = |app, target| target.last_scrape.map(|at| app.zone.with(|zone| timestamp::short(at, clock::now(), zone)));
    let took: Value = |app, target| Some(app.format(&Unit::SECONDS, target.last_duration, None));
    let row = el("tr").live_attr("data-target", move || Some(format!("{}/{}", job(), instance())));
    let row = row.live_attr("data-target-state", move || Some(state().0.to_owned())).child(head).child(health);
    row.child(cell(text.last_scrape, scraped))
        .child(cell(text.duration, took))
        .child(cell(text.interval, |_, target| target.interval.map(format_duration)))
        .child(cell(text.last_error, |_, target| target.last_error.clone()).class("error"))
}
