//! The header: name, pages, firing alerts, settings.

use super::link::link;
use super::settings::settings;
use crate::state::App;
use crate::view::ui::{Element, Glyph, el, icon};
use leptos::prelude::*;
use model::alert::AlertState;
use model::view_state::Page;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The header of the page.
pub fn header(app: App) -> Element {
    let text = app.text();
    let view = app.navigation.view;
    let to = move |page: Page| Signal::derive(move || view.with(|view| view.on(page.clone())));
    let firing = move || app.rules.last().map_or(0, |loaded| loaded.data.iter().filter(|rule| rule.state == AlertState::Firing).count());
    let count = move || Some(firing()).filter(|count| *count > 0).map(|count| el("span").class("count").text(&count.to_string()));
    let item = move |page: Page, title: &str| {
        let current = page.clone();
        let link = link(app, "nav-link", to(page)).text(title);
        link.live_attr("aria-current", move || view.with(|view| view.page == current).then(|| "page".to_owned()))
    };
    let config = &app.config;
    let mut pages = vec![item(Page::Overview, text.overview)];
    pages.extend(config.dashboards.iter().map(|entry| item(Page::Dashboard(entry.id.clone()), entry.title.get(app.language()))));
    pages.push(item(Page::Alerts, text.alerts).live(count));
    pages.push(item(Page::Targets, text.targets));
    let list = pages.into_iter().fold(el("ul"), |list, page| list.child(el("li").child(page)));

    let brand = link(app, "brand", to(Page::Overview)).child(icon(Glyph::Mark));
    let brand = brand.child(el("span").text(config.title.as_deref().unwrap_or("Utkik")));
    // On a narrow screen the pages are in a popover: a click on a link closes it.
    let nav = el("nav").class("nav").attr("id", "pages").attr("popover", "auto").attr("aria-label", text.pages).child(list);
    let sheet = nav.node().clone().dyn_into::<HtmlElement>().ok();
    let nav = nav.on("click", move |_| {
        if let Some(sheet) = &sheet {
            let _ = sheet.hide_popover();
        }
    });
    let alert = move || count().map(|count| link(app, "bar-alert", to(Page::Alerts)).child(count).text(app.text().firing));
    let pages_button = el("button").class("button pages-button").attr("type", "button").attr("popovertarget", "pages");
    let pages_button = pages_button.attr("aria-label", text.pages).child(icon(Glyph::Menu));
    let tools = el("div").class("bar-tools").live(alert).children(settings(app)).child(pages_button);
    el("header").class("bar").child(brand).child(nav).child(tools)
}
