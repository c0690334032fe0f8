//! The picker of one variable: a list for one value, a layer with checkboxes for several.

use super::refresh_picker::option;
use crate::state::App;
use crate::state::variables::VariableState;
use crate::view::on_demand::{Hands, deferred};
use crate::view::ui::{Element, Glyph, Menu, el, icon, menu, value_of};
use leptos::prelude::*;
use model::variable::ALL;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The picker of the variable `state`.
pub fn variable_picker(app: App, state: VariableState) -> Element {
    let variable = Arc::clone(&state.variable);
    let label = variable.label.as_ref().map_or(variable.name.as_str(), |label| label.get(app.language()));
    let name = el("span").class("variable-name").text(label);
    if variable.multi {
        el("div").class("variable").child(name).children(several(app, label, state))
    } else {
        el("label").class("variable").child(name).child(single(app, state))
    }
}

/// The choices: "all" if it is allowed, then the options, then chosen values that are no longer options.
fn choices(state: &VariableState) -> Vec<String> {
    let mut choices: Vec<String> = state.variable.include_all.then(|| ALL.to_owned()).into_iter().collect();
    choices.extend(state.options.get().unwrap_or_default());
    for chosen in state.chosen.get() {
        if !choices.contains(&chosen) {
            choices.push(chosen);
        }
    }
    choices
}

fn shown(app: App, choice: &str) -> String {
    if choice == ALL { app.text().all.to_owned() } else { choice.to_owned() }
}

fn single(app: App, state: VariableState) -> Element {
    let name = state.variable.name.clone();
    let options = move || {
        let chosen = state.chosen.get();
        choices(&state).iter().map(|choice| option(choice, &shown(app, choice), chosen.contains(choice))).collect::<Vec<_>>()
    };
    el("select").class("button select").live(options).on("change", move |event| {
        let value = value_of(&event);
        app.navigation.go(|view| view.set_values(&name, vec![value]));
    })
}

fn several(app: App, label: &str, state: VariableState) -> Vec<Element> {
    let chosen = state.chosen;
    let summary = el("span").class("select-text").live_text(move || {
        let chosen = chosen.get();
        if chosen.iter().any(|value| value == ALL) { app.text().all.to_owned() } else { chosen.join(", ") }
    });
    let face = vec![summary, icon(Glyph::Down)];
    menu(Menu { label, class: "button select-like", face, closes: false }, move || {
        let state = state.clone();
        vec![deferred(app, move |hands: &Hands| (hands.ticks)(app, &state))]
    })
}

/// The checkboxes of a variable.
pub fn content(app: App, state: &VariableState) -> Element {
    let state = state.clone();
    el("div").class("ticks").live(move || ticks(app, &state))
}

fn ticks(app: App, state: &VariableState) -> Vec<Element> {
    let chosen = state.chosen.get();
    let tick = |choice: String| {
        let text = shown(app, &choice);
        let (name, chosen) = (state.variable.name.clone(), chosen.clone());
        let checkbox = el("input").attr("type", "checkbox");
        let checkbox = if chosen.contains(&choice) { checkbox.attr("checked", "") } else { checkbox };
        let checkbox = checkbox.on("change", move |event| {
            let values = toggled(&chosen, &choice);
            // "All" cannot be unticked, and the values do not change: tick its box again.
            if let (true, Some(target)) = (values == chosen, event.target()) {
                target.unchecked_into::<HtmlInputElement>().set_checked(true);
            }
            app.navigation.go(|view| view.set_values(&name, values));
        });
        el("label").class("tick").child(checkbox).text(&text)
    };
    choices(state).into_iter().map(tick).collect()
}

/// The values chosen after a click on `choice`: "all" and single values exclude each other, and no value means "all".
fn toggled(chosen: &[String], choice: &str) -> Vec<String> {
    if choice == ALL {
        return vec![ALL.to_owned()];
    }
    let mut values: Vec<String> = chosen.iter().filter(|value| *value != ALL && *value != choice).cloned().collect();
    if !chosen.iter().any(|value| value == choice) {
        values.push(choice.to_owned());
    }
    if values.is_empty() { vec![ALL.to_owned()] } else { values }
}
