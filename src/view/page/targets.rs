//! All scrape targets, the broken ones first.

use super::parts::toolbar;
use crate::state::{App, clock, language};
use crate::view::controls::refresh_picker;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::target::{ScrapeTarget, TargetHealth};
use model::time::format_duration;
use model::unit::Unit;
use text::timestamp;

/// What is on the page of targets.
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
    let rows = move || query.last().map(|loaded| loaded.data.iter().map(|target| row(app, target)).collect()).unwrap_or_default();
    let rows = move || -> Vec<Element> { rows() };
    let table = el("table").class("cards targets").child(el("thead").child(el("tr").children(columns))).child(el("tbody").live(rows));
    let subtitle = el("p").class("subtitle").live_text(count);
    let head = toolbar(text.targets, Some(subtitle), vec![refresh_picker(app)]);
    vec![head, el("div").class("parts").live(failed), el("div").class("panel table-box").child(table)]
}

fn row(app: App, target: &ScrapeTarget) -> Element {
    let text = app.text();
    let (name, class, symbol, words) = match target.health {
        TargetHealth::Up => ("up", "is-green", "✓", text.up),
        TargetHealth::Down => ("down", "is-red", "✕", text.down),
        TargetHealth::Unknown => ("unknown", "is-purple", "?", text.unknown),
    };
    let job = target.labels.get("job").unwrap_or(&target.pool);
    let instance = target.labels.get("instance").unwrap_or_default();
    let cell = |title: &str, value: Option<String>| el("td").attr("data-title", title).text(value.as_deref().unwrap_or("–"));
    let head = el("th").attr("scope", "row").child(el("strong").text(job)).text(" ").text(instance);
    let head = head.child(el("span").class("hint url").text(&target.url));
    let symbol = el("span").class("symbol").attr("aria-hidden", "true").text(symbol);
    let state = el("td").class(class).attr("data-title", text.state).child(el("span").class("cell").text(words).child(symbol));
    let scraped = target.last_scrape.map(|at| app.zone.with(|zone| timestamp::short(at, clock::now(), zone)));
    let took = app.format(&Unit::SECONDS, target.last_duration, None);
    let row = el("tr").attr("data-target", &format!("{job}/{instance}")).attr("data-target-state", name).child(head).child(state);
    row.child(cell(text.last_scrape, scraped))
        .child(cell(text.duration, Some(took)))
        .child(cell(text.interval, target.interval.map(format_duration)))
        .child(cell(text.last_error, target.last_error.clone()).class("error"))
}
