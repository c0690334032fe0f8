//! Ask again: now, or every so often.

use crate::model::view_state::Refresh;
use crate::state::use_app;
use crate::view::ui::{Glyph, Icon, live};
use leptos::prelude::*;

const CHOICES: [&str; 7] = ["off", "5s", "10s", "30s", "1m", "5m", "15m"];

/// A button that asks for everything now, and how often that happens by itself.
#[component]
pub fn RefreshPicker() -> impl IntoView {
    let app = use_app();
    let busy = move || app.refresh.in_flight.get() > 0;
    let current = move || app.refresh.interval.get().to_text();
    let choices = move || {
        let mut choices: Vec<String> = CHOICES.iter().map(|choice| (*choice).to_owned()).collect();
        if !choices.contains(&current()) {
            choices.push(current());
        }
        let option = |choice: String| {
            let shown = if choice == "off" { app.text().off.to_owned() } else { choice.clone() };
            let selected = choice == current();
            view! { <option value=choice selected=selected>{shown}</option> }
        };
        choices.into_iter().map(option).collect_view()
    };
    view! {
        <div class="joined">
            <button
                type="button"
                class="button"
                class:busy=busy
                aria-label=app.text().refresh_now
                title=app.text().refresh_now
                on:click=move |_| app.refresh.beat()
            >
                <Icon glyph=Glyph::Refresh/>
            </button>
            <select
                class="button select"
                aria-label=app.text().refresh_every
                on:change=move |event| {
                    let chosen = Refresh::parse(&event_target_value(&event));
                    app.navigation.go(|view| view.refresh = chosen);
                }
            >
                {live(choices)}
            </select>
        </div>
    }
}
