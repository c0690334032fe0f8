//! The links of dashboard files: on values, and in notes. [`model::link`] decides which URLs are allowed.

use crate::state::App;
use crate::view::controls::link;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::dashboard::DataLink;
use model::link::{Context, checked, fill};
use model::view_state::ViewState;

/// A link on a value, without text; `None` if its URL is not allowed.
pub fn value_link(app: App, link: &DataLink, context: &Context) -> Option<Element> {
    data_link(app, &fill(&link.url, context), link.target_blank)
}

/// A link to `url`, without text; `None` if the URL is not allowed or the page is embedded.
pub fn data_link(app: App, url: &str, new_tab: bool) -> Option<Element> {
    let url = checked(url).filter(|_| !app.navigation.view.with(|view| view.embed))?;
    if let Some(query) = url.strip_prefix('?').filter(|query| !new_tab && !query.contains('#')) {
        // Another view of this page. It keeps the current time range, refresh, zone, theme and language unless `url` sets them.
        let to = ViewState::parse(query).0;
        return Some(link(app, "", Signal::derive(move || app.navigation.view.with(|view| to.clone().or_settings_of(view)))));
    }
    let anchor = el("a").attr("href", url).attr("rel", "noopener noreferrer");
    Some(if new_tab { anchor.attr("target", "_blank") } else { anchor })
}
