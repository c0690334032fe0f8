//! The root: configuration first, then bar, banner and page.

use super::controls::Header;
use super::page::{Alerts, DashboardPage, Overview, Targets};
use crate::model::timestamp;
use crate::model::view_state::{Page, Problem};
use crate::state::config::Config;
use crate::state::zone::BrowserZone;
use crate::state::{App, clock, embed, language};
use crate::view::ui::live;
use leptos::html;
use leptos::prelude::*;

/// Everything, once the configuration is there.
#[component]
pub fn Root() -> impl IntoView {
    let config = LocalResource::new(Config::load);
    live(move || {
        config.get().map(|config| {
            let app = App::start(config);
            provide_context(app);
            live(move || {
                // Another language is another page: nothing below follows it.
                app.chosen_language.track();
                page(app)
            })
        })
    })
}

fn page(app: App) -> AnyView {
    let page = Memo::new(move |_| app.navigation.view.with(|view| view.page.clone()));
    let embedded = Memo::new(move |_| app.navigation.view.with(|view| view.embed));
    let content = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let (true, Some(content)) = (embedded.get(), content.get()) {
            embed::report_height(content.into());
        }
    });
    Effect::new(move |_| name_page(app, &page.get()));
    let body = move || match page.get() {
        Page::Overview => view! { <Overview/> }.into_any(),
        Page::Dashboard(id) => view! { <DashboardPage id=id/> }.into_any(),
        Page::Alerts => view! { <Alerts/> }.into_any(),
        Page::Targets => view! { <Targets/> }.into_any(),
    };
    view! {
        <div class="content" class:embedded=embedded node_ref=content>
            {live(move || (!embedded.get()).then(|| view! { <button type="button" class="skip" on:click=|_| skip_to_main()>{app.text().skip}</button> <Header/> }))}
            {banner(app)}
            {live(body)}
            {live(move || (!embedded.get()).then(|| footer(app)))}
        </div>
    }
    .into_any()
}

/// Told once, above everything: the source does not answer, or the URL or the configuration could not be read as it is.
fn banner(app: App) -> AnyView {
    let outage = move || {
        let error = app.rules.error.get().filter(|error| error.is_outage())?;
        let since = app.rules.last.get().map(|loaded| {
            let at = app.zone.with(|zone| timestamp::short(loaded.at, clock::now(), zone));
            format!(" {} {at}.", app.text().last_answer)
        });
        Some(view! { <p class="notice is-red" role="alert">{language::explain(&error, app.text())}{since}</p> })
    };
    let problems = move || {
        let text = app.text();
        let one = |problem: &Problem| match problem {
            Problem::BrokenValue(key) => format!("{} {key}", text.broken_value),
            Problem::UnknownPage => text.unknown_page.to_owned(),
        };
        let mut sentences: Vec<String> = app.navigation.problems.with(|problems| problems.iter().map(one).collect());
        if app.config().broken {
            sentences.push(text.broken_config.to_owned());
        }
        (!sentences.is_empty()).then(|| view! { <p class="notice is-yellow" role="status">{sentences.join(". ")}</p> })
    };
    view! { {live(outage)} {live(problems)} }.into_any()
}

/// The time by the server's clock and the zone that is shown.
fn footer(app: App) -> AnyView {
    let asked = move || {
        let at = app.refresh.now.get();
        app.zone.with(|zone: &BrowserZone| format!("{} {}", timestamp::date_and_time(at, zone), zone.label(at)))
    };
    view! {
        <footer class="foot">
            <span>{app.text().asked_at} " " {live(asked)}</span>
            <span>"Utkik " {env!("CARGO_PKG_VERSION")}</span>
        </footer>
    }
    .into_any()
}

/// The name of the page in the browser's tab.
fn name_page(app: App, page: &Page) {
    let text = app.text();
    let name = match page {
        Page::Overview => text.overview.to_owned(),
        Page::Alerts => text.alerts.to_owned(),
        Page::Targets => text.targets.to_owned(),
        Page::Dashboard(id) => app.config().dashboard_title(id, app.language()),
    };
    let product = app.config().title.clone().unwrap_or_else(|| "Utkik".to_owned());
    document().set_title(&format!("{name} · {product}"));
}

/// A link to `#main` would change the URL; a button moves only the focus.
fn skip_to_main() {
    use wasm_bindgen::JsCast;
    let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(main) = main {
        let _ = main.set_attribute("tabindex", "-1");
        let _ = main.focus();
    }
}
