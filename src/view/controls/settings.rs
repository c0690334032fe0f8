//! Language, theme, palette and time zone.

use super::refresh_picker::option;
use crate::state::{App, preference};
use crate::view::on_demand::{Hands, deferred};
use crate::view::ui::{Element, Glyph, Menu, el, icon, menu, value_of};
use leptos::prelude::*;
use model::view_state::{Theme, ZoneName};
use text::locale::Language;

/// The button that opens the settings.
pub fn settings(app: App) -> Vec<Element> {
    let text = app.text();
    let face = vec![icon(Glyph::Settings)];
    menu(Menu { label: text.settings, class: "button", face, closes: false }, move || {
        vec![deferred(app, move |hands: &Hands| (hands.settings)(app))]
    })
}

/// The content of the settings.
pub fn content(app: App) -> Vec<Element> {
    vec![languages(app), themes(app), distinct(app), zones(app)]
}

fn languages(app: App) -> Element {
    let name = |language| if language == Language::Sv { "Svenska" } else { "English" };
    let choices = Language::ALL.map(|language| (language.code().to_owned(), name(language).to_owned())).to_vec();
    field(app.text().language, choices, app.language().code(), move |code| {
        preference::set("language", &code);
        app.navigation.go(|view| view.language = Language::from_tag(&code));
    })
}

fn themes(app: App) -> Element {
    let text = app.text();
    let name = |theme| match theme {
        Theme::System => text.theme_system,
        Theme::Light => text.theme_light,
        Theme::Dark => text.theme_dark,
    };
    let choices = Theme::ALL.map(|(theme, id)| (id.to_owned(), name(theme).to_owned())).to_vec();
    field(text.theme, choices, app.theme.chosen.get_untracked().name(), move |id| {
        preference::set("theme", &id);
        app.navigation.go(|view| view.theme = Theme::parse(&id));
    })
}

/// The checkbox for colour-blind users: series also differ in dashes and lightness.
fn distinct(app: App) -> Element {
    let (on, text) = (app.theme.distinct_dashes, app.text().distinct_series);
    let checkbox = el("input").attr("type", "checkbox").on("change", move |_| app.theme.choose_distinct(!on.get_untracked()));
    let checkbox = if on.get_untracked() { checkbox.attr("checked", "") } else { checkbox };
    el("label").class("tick").child(checkbox).text(text)
}

fn zones(app: App) -> Element {
    let text = app.text();
    let mut choices = vec![("browser".to_owned(), text.zone_browser.to_owned()), ("utc".to_owned(), "UTC".to_owned())];
    let named = app.navigation.view.with_untracked(|view| view.zone.clone());
    if let ZoneName::Iana(name) = &named {
        choices.push((name.clone(), name.clone()));
    }
    field(text.time_zone, choices, named.name(), move |name| {
        app.navigation.go(|view| view.zone = ZoneName::parse(&name).unwrap_or_default());
    })
}

/// A named list of choices (value, text) that calls `chosen` with the value picked.
fn field(name: &str, choices: Vec<(String, String)>, current: &str, chosen: impl Fn(String) + 'static) -> Element {
    let options: Vec<_> = choices.iter().map(|(value, text)| option(value, text, *value == current)).collect();
    let list = el("select").class("button select").children(options).on("change", move |event| chosen(value_of(&event)));
    el("label").class("field").text(name).child(list)
}
