//! Pages: what fills the room under the bar.

mod alerts;
mod dashboard;
mod overview;
mod service;
mod targets;

use crate::model::view_state::Page;
use crate::state::App;
use crate::view::ui::{Element, el};

/// The page that the URL names.
pub fn view(app: App, page: Page) -> Element {
    match page {
        Page::Overview => overview::view(app),
        Page::Dashboard(id) => dashboard::view(app, id),
        Page::Alerts => alerts::view(app),
        Page::Targets => targets::view(app),
    }
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
