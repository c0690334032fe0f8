//! Links that dashboard files ask for: on values, and in notes. Whether an address may be followed is for [`model::link`] to say.

use crate::state::App;
use crate::view::controls::link;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::dashboard::DataLink;
use model::link::{Context, checked, fill};
use model::view_state::ViewState;

/// A link on a value, still without text; none where it may not be followed.
pub fn value_link(app: App, link: &DataLink, context: &Context) -> Option<Element> {
    data_link(app, &fill(&link.url, context), link.target_blank)
}

/// A link to `url`, still without text; none where it may not be followed, or where the page has no way out.
pub fn data_link(app: App, url: &str, new_tab: bool) -> Option<Element> {
    let url = checked(url).filter(|_| !app.navigation.view.with(|view| view.embed))?;
    if let Some(query) = url.strip_prefix('?').filter(|query| !new_tab && !query.contains('#')) {
        // Another view of this page, in the time and the look of this one where it says nothing else.
        let to = ViewState::parse(query).0;
        return Some(link(app, "", Signal::derive(move || app.navigation.view.with(|view| to.clone().or_look_of(view)))));
    }
    let anchor = el("a").attr("href", url).attr("rel", "noopener noreferrer");
    Some(if new_tab { anchor.attr("target", "_blank") } else { anchor })
}
