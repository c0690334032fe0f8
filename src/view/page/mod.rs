//! Pages: what fills the room under the bar.

pub mod alerts;
mod dashboard;
pub mod overview;
mod parts;
pub mod service;
pub mod targets;

use crate::state::App;
use crate::state::on_demand::File;
use crate::view::on_demand::{Pages, deferred};
use crate::view::panel::frame::waiting::Waiting;
use crate::view::ui::Element;
use model::view_state::Page;
use parts::main_room;

/// The page that the URL names.
pub fn view(app: App, page: Page) -> Element {
    match page {
        Page::Overview => overview(app),
        Page::Dashboard(id) => dashboard::view(app, id),
        Page::Alerts => on_demand(app, "alerts", move || app.rules.is_settled(), move |pages: &Pages| (pages.alerts)(app)),
        Page::Targets => on_demand(app, "targets", move || app.targets.is_settled(), move |pages: &Pages| (pages.targets)(app)),
    }
}

fn overview(app: App) -> Element {
    let waiting = Waiting::new();
    waiting.until(move || app.files.is_settled(File::Pages));
    let room = main_room().attr("data-dashboard", "overview").live_attr("data-state", move || Some(waiting.state()));
    room.child(deferred(app, move |pages: &Pages| (pages.overview)(app, waiting)))
}

/// A page of the file `pages`; it is there when that is, and its data.
fn on_demand(
    app: App,
    name: &str,
    is_settled: impl Fn() -> bool + 'static,
    make: impl Fn(&'static Pages) -> Vec<Element> + 'static,
) -> Element {
    let state = move || Some(if app.files.is_settled(File::Pages) && is_settled() { "ready" } else { "waiting" }.to_owned());
    main_room().attr("data-page", name).live_attr("data-state", state).child(deferred(app, make))
}
