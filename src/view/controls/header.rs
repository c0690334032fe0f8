//! The bar on top: name, pages, firing alerts, settings.

use super::link::Link;
use super::settings::Settings;
use crate::model::alert::AlertState;
use crate::model::view_state::Page;
use crate::state::use_app;
use crate::view::ui::{Glyph, Icon, live};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The bar on top.
#[component]
pub fn Header() -> impl IntoView {
    let app = use_app();
    let view = app.navigation.view;
    let to = move |page: Page| Signal::derive(move || view.with(|view| view.on(page.clone())));
    let is_current = move |page: Page| Signal::derive(move || view.with(|view| view.page == page));
    let firing = Memo::new(move |_| {
        app.rules.last.with(|last| last.as_ref().map_or(0, |loaded| loaded.data.iter().filter(|rule| rule.state == AlertState::Firing).count()))
    });
    let config = app.config();
    let title = config.title.clone().unwrap_or_else(|| "Utkik".to_owned());
    let item = move |page: Page, text: String| {
        view! { <li><Link class="nav-link" to=to(page.clone()) current=is_current(page)>{text}</Link></li> }
    };
    let dashboards = config.dashboards.iter().map(|entry| {
        item(Page::Dashboard(entry.id.clone()), entry.title.get(app.language()).to_owned())
    });
    view! {
        <header class="bar">
            <Link class="brand" to=to(Page::Overview)>
                <Icon glyph=Glyph::Mark/>
                <span>{title}</span>
            </Link>
            <nav id="pages" class="nav" popover="auto" aria-label=app.text().pages on:click=close_pages>
                <ul>
                    {item(Page::Overview, app.text().overview.to_owned())}
                    {dashboards.collect_view()}
                    <li>
                        <Link class="nav-link" to=to(Page::Alerts) current=is_current(Page::Alerts)>
                            {app.text().alerts}
                            {live(move || (firing.get() > 0).then(|| view! { <span class="count">{firing.get()}</span> }))}
                        </Link>
                    </li>
                    {item(Page::Targets, app.text().targets.to_owned())}
                </ul>
            </nav>
            <div class="bar-tools">
                {live(move || {
                    (firing.get() > 0)
                        .then(|| {
                            view! {
                                <Link class="bar-alert" to=to(Page::Alerts)>
                                    <span class="count">{firing.get()}</span>
                                    {app.text().firing}
                                </Link>
                            }
                        })
                })}
                <Settings/>
                <button type="button" class="button pages-button" popovertarget="pages" aria-label=app.text().pages>
                    <Icon glyph=Glyph::Menu/>
                </button>
            </div>
        </header>
    }
}

/// A followed link closes the sheet that it stands in on a narrow screen.
fn close_pages(_: leptos::ev::MouseEvent) {
    let sheet = document().get_element_by_id("pages").and_then(|nav| nav.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(sheet) = sheet {
        let _ = sheet.hide_popover();
    }
}
