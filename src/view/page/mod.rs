//! The pages: the content below the header.

pub mod alerts;
mod dashboard;
pub mod overview;
mod parts;
pub mod service;
pub mod targets;

use crate::state::App;
use crate::state::on_demand::File;
use crate::view::on_demand::{Lists, Overview, deferred};
use crate::view::panel::frame::waiting::Waiting;
use crate::view::ui::Element;
use model::view_state::Page;
use parts::main_element;

/// The page that the URL names.
pub fn view(app: App, page: Page) -> Element {
    match page {
        Page::Overview => overview(app),
        Page::Dashboard(id) => dashboard::view(app, id),
        Page::Alerts => list(app, "alerts", move || app.rules.is_settled(), move |lists: &Lists| (lists.alerts)(app)),
        Page::Targets => list(app, "targets", move || app.targets.is_settled(), move |lists: &Lists| (lists.targets)(app)),
    }
}

fn overview(app: App) -> Element {
    let waiting = Waiting::new();
    waiting.until(move || app.files.is_settled(File::Overview));
    let room = main_element().attr("data-dashboard", "overview").live_attr("data-state", move || Some(waiting.state()));
    room.child(deferred(app, move |file: &Overview| (file.content)(app, waiting)))
}

/// A page of the file `lists`. It is ready when the file and its data are loaded.
fn list(app: App, name: &str, is_settled: impl Fn() -> bool + 'static, make: impl Fn(&'static Lists) -> Vec<Element> + 'static) -> Element {
    let state = move || Some(if app.files.is_settled(File::Lists) && is_settled() { "ready" } else { "waiting" }.to_owned());
    main_element().attr("data-page", name).live_attr("data-state", state).child(deferred(app, make))
}
