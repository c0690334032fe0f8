//! Pages: what fills the room under the bar.

pub mod alerts;
mod dashboard;
pub mod overview;
pub mod service;
pub mod targets;

use crate::state::App;
use crate::view::panel::Waiting;
use crate::view::rest::{Rest, deferred};
use crate::view::ui::{Element, el};
use model::view_state::Page;

/// The page that the URL names.
pub fn view(app: App, page: Page) -> Element {
    match page {
        Page::Overview => overview(app),
        Page::Dashboard(id) => dashboard::view(app, id),
        Page::Alerts => rare(app, "alerts", move || app.rules.is_settled(), move |rest| (rest.alerts)(app)),
        Page::Targets => rare(app, "targets", move || app.targets.is_settled(), move |rest| (rest.targets)(app)),
    }
}

fn overview(app: App) -> Element {
    let waiting = Waiting::new();
    waiting.until(move || app.rest.is_settled());
    let room = main_room().attr("data-dashboard", "overview").live_attr("data-state", move || Some(waiting.state()));
    room.child(deferred(app, move |rest| (rest.overview)(app, waiting)))
}

/// A page that is in the second file; it is there when that is, and its data.
fn rare(app: App, name: &str, is_settled: impl Fn() -> bool + 'static, make: impl Fn(&'static Rest) -> Vec<Element> + 'static) -> Element {
    let state = move || Some(if app.rest.is_settled() && is_settled() { "ready" } else { "waiting" }.to_owned());
    main_room().attr("data-page", name).live_attr("data-state", state).child(deferred(app, make))
}

/// The room that every page fills.
fn main_room() -> Element {
    el("main").attr("id", "main")
}

/// The heading of a page on the left, its controls on the right.
fn toolbar(title: &str, subtitle: Option<Element>, controls: Vec<Element>) -> Element {
    let heading = el("div").class("heading").child(el("h1").text(title)).children(subtitle);
    el("div").class("toolbar").child(heading).child(el("div").class("controls").children(controls))
}
