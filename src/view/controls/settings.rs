//! Language, theme and time zone.

use crate::model::locale::Language;
use crate::model::view_state::{Theme, ZoneName};
use crate::state::{preference, use_app};
use crate::view::ui::{Glyph, Icon, Menu, live};
use leptos::prelude::*;

/// The settings, behind a button.
#[component]
pub fn Settings() -> impl IntoView {
    let app = use_app();
    let label = app.text().settings;
    let languages = move || {
        let choices = Language::ALL.map(|language| (language.code(), if language == Language::Sv { "Svenska" } else { "English" }.to_owned()));
        choose(choices.to_vec(), app.language().code().to_owned(), move |code| {
            preference::set("language", &code);
            app.navigation.go(|view| view.language = Language::from_tag(&code));
        })
    };
    let themes = move || {
        let text = app.text();
        let choices = Theme::ALL.map(|(theme, name)| {
            let shown = match theme {
                Theme::System => text.theme_system,
                Theme::Light => text.theme_light,
                Theme::Dark => text.theme_dark,
            };
            (name, shown.to_owned())
        });
        choose(choices.to_vec(), app.theme.chosen.get().name().to_owned(), move |name| {
            preference::set("theme", &name);
            app.navigation.go(|view| view.theme = Theme::parse(&name));
        })
    };
    let zones = move || {
        let mut choices = vec![("browser", app.text().zone_browser.to_owned()), ("utc", "UTC".to_owned())];
        let named = app.navigation.view.with(|view| view.zone.clone());
        if let ZoneName::Iana(name) = &named {
            choices.push(("", name.clone()));
        }
        let current = if matches!(named, ZoneName::Iana(_)) { "" } else { named.name() }.to_owned();
        choose(choices, current, move |name| {
            app.navigation.go(|view| match name.as_str() {
                "browser" => view.zone = ZoneName::Browser,
                "utc" => view.zone = ZoneName::Utc,
                _ => {}
            });
        })
    };
    view! {
        <Menu label=label face=ViewFn::from(|| view! { <Icon glyph=Glyph::Settings/> })>
            <label class="field">{app.text().language}{live(languages)}</label>
            <label class="field">{app.text().theme}{live(themes)}</label>
            <label class="field">{app.text().time_zone}{live(zones)}</label>
        </Menu>
    }
}

/// A list of choices (value, text) that calls `chosen` with the value picked.
fn choose(choices: Vec<(&'static str, String)>, current: String, chosen: impl Fn(String) + 'static) -> AnyView {
    let options = choices.into_iter().map(|(value, text)| view! { <option value=value selected=value == current>{text}</option> }).collect_view();
    view! { <select class="button select" on:change=move |event| chosen(event_target_value(&event))>{options}</select> }.into_any()
}
