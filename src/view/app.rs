//! The root of the app: loads the configuration, then builds header, banner and page.

use super::controls::header;
use super::page;
use super::ui::{Element, el, follow};
use crate::state::config::Config;
use crate::state::memo::memo;
use crate::state::on_demand::Load;
use crate::state::panel_query::{short_window, widest_step};
use crate::state::{App, clock, embed, language};
use leptos::prelude::*;
use model::time::{Millis, Zone};
use model::unit::Unit;
use model::view_state::{Page, Problem};
use text::calendar::offset;
use text::timestamp;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

/// Builds the whole page once the configuration is loaded. `load` loads the on-demand files.
///
/// Leptos owns the signals and effects; the elements are our own (`ui::element`).
pub fn root(load: Load) -> impl IntoView {
    let config = RwSignal::new(None::<Config>);
    spawn_local(async move {
        config.set(Some(Config::load().await));
    });
    Effect::new(move |_| {
        let (Some(body), Some(config)) = (document().body(), config.get()) else { return };
        let app = App::start(config, load);
        // A new language rebuilds the whole page, so no code below tracks the language.
        let content = el("div").live(move || content(app, app.chosen_language.get()));
        let _ = body.append_child(content.node());
    });
}

fn content(app: App, _in_language: text::locale::Language) -> Element {
    let page = memo(move || app.navigation.view.with(|view| view.page.clone()));
    let embedded = memo(move || app.navigation.view.with(|view| view.embed));
    let content = el("div").live_attr("class", move || Some(if embedded.get() { "content embedded" } else { "content" }.to_owned()));
    let measured = content.node().clone();
    follow(Box::new(move || {
        if embedded.get() {
            embed::report_height(&measured);
        }
    }));
    follow(Box::new(move || name_page(app, &page.get())));
    // A memo, so that the same error at the next refresh does not repeat the alert.
    let words = memo(move || app.rules.error().map(|error| language::explain(&error, app.text())));
    let top = move || if embedded.get() { Vec::new() } else { vec![skip(app), header(app)] };
    let bottom = move || (!embedded.get()).then(|| footer(app));
    content
        .live(top)
        .live(move || outage(app, words))
        .live(move || problems(app))
        .live_page(move || page::view(app, page.get()))
        .live(bottom)
}

/// The banner at the top of the page if the request for the alerting rules fails. It is sent at each refresh and stands for all requests.
fn outage(app: App, words: Memo<Option<String>>) -> Option<Element> {
    let notice = el("p").class("notice is-red").attr("role", "alert").text(&words.get()?);
    let since = untrack(|| app.rules.last()).map(|loaded| {
        let at = app.zone.with(|zone| timestamp::short(loaded.at, clock::now(), zone));
        el("span").class("since").text(app.text().last_answer).text(" ").text(&at)
    });
    Some(notice.children(since))
}

/// A notice with the problems in the URL, the time range, the clock and the configuration.
fn problems(app: App) -> Option<Element> {
    let text = app.text();
    let one = |problem: &Problem| match problem {
        Problem::BrokenValue(key) => format!("{} {key}", text.broken_value),
        Problem::UnknownPage => text.unknown_page.to_owned(),
    };
    let mut sentences: Vec<String> = app.navigation.problems.with(|problems| problems.iter().map(one).collect());
    // Values that parse can still be invalid: the browser knows the time zones, and the range depends on the current time.
    let view = app.navigation.view.get();
    if app.zone.with(|zone| !zone.is(&view.zone)) {
        sentences.push(one(&Problem::BrokenValue("tz")));
    }
    if app.zone.with(|zone| view.range.is_some_and(|range| range.resolve(app.refresh.now.get(), zone).is_none())) {
        sentences.push(one(&Problem::BrokenValue("from, to")));
    }
    let duration = |length: Millis| app.format(&Unit::SECONDS, seconds(length), None);
    let ahead = app.source.ahead.get();
    if ahead.abs() > widest_step(app) {
        sentences.push(format!("{} {}", text.clock_wrong, duration(ahead.abs())));
    }
    if let (Page::Dashboard(_), Some(interval)) = (&view.page, short_window(app)) {
        sentences.push(format!("{} {}", text.window_short, duration(interval)));
    }
    if app.config.broken {
        sentences.push(text.broken_config.to_owned());
    }
    (!sentences.is_empty()).then(|| el("p").class("notice is-yellow").attr("role", "status").text(&sentences.join(". ")))
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn seconds(length: Millis) -> f64 {
    length as f64 / 1e3
}

/// The footer: the time of the last refresh, by the server's clock and in the chosen time zone, and the version.
fn footer(app: App) -> Element {
    let asked = move || {
        let at = app.refresh.now.get();
        app.zone.with(|zone| format!("{} {} {}", app.text().asked_at, timestamp::date_and_time(at, zone), offset(zone.offset(at))))
    };
    let version = concat!("Utkik ", env!("CARGO_PKG_VERSION"));
    el("footer").class("foot").child(el("span").live_text(asked)).child(el("span").text(version))
}

/// Sets the title of the browser tab.
fn name_page(app: App, page: &Page) {
    let text = app.text();
    let name = match page {
        Page::Overview => text.overview.to_owned(),
        Page::Alerts => text.alerts.to_owned(),
        Page::Targets => text.targets.to_owned(),
        Page::Dashboard(id) => app.config.dashboard_title(id, app.language()),
    };
    document().set_title(&format!("{name} · {}", app.config.title.as_deref().unwrap_or("Utkik")));
}

/// The button that skips the header. A link to `#main` would change the URL; a button moves only the focus.
fn skip(app: App) -> Element {
    el("button").class("skip").attr("type", "button").text(app.text().skip).on("click", |_| {
        let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
        if let Some(main) = main {
            let _ = main.set_attribute("tabindex", "-1");
            let _ = main.focus();
        }
    })
}
