//! The refresh button and the refresh interval.

use crate::state::App;
use crate::view::ui::{Element, Glyph, el, icon, value_of};
use leptos::prelude::*;
use model::view_state::Refresh;

const CHOICES: [&str; 7] = ["off", "5s", "10s", "30s", "1m", "5m", "15m"];

/// A button that refreshes all data now, and a list with the refresh interval.
pub fn refresh_picker(app: App) -> Element {
    let text = app.text();
    let now = el("button").attr("type", "button").attr("aria-label", text.refresh_now).attr("title", text.refresh_now);
    let now = now.child(icon(Glyph::Refresh)).on("click", move |_| app.refresh.tick());
    let now = now.live_attr("class", move || Some(if app.refresh.in_flight.get() > 0 { "button busy" } else { "button" }.to_owned()));
    let choices = move || {
        let current = app.refresh.interval.get().to_text();
        let mut choices: Vec<String> = CHOICES.iter().map(|choice| (*choice).to_owned()).collect();
        if !choices.contains(&current) {
            choices.push(current.clone());
        }
        let shown = |choice: &str| if choice == "off" { text.off.to_owned() } else { choice.to_owned() };
        choices.iter().map(|choice| option(choice, &shown(choice), *choice == current)).collect::<Vec<_>>()
    };
    let every = el("select").class("button select").attr("aria-label", text.refresh_every).live(choices).on("change", move |event| {
        let chosen = Refresh::parse(&value_of(&event));
        app.navigation.go(|view| view.refresh = chosen);
    });
    el("div").class("joined").child(now).child(every)
}

/// One `<option>` of a `<select>`.
pub fn option(value: &str, text: &str, selected: bool) -> Element {
    let option = el("option").attr("value", value).text(text);
    if selected { option.attr("selected", "") } else { option }
}
