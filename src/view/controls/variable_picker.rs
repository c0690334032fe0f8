//! The control of one variable: a list for one value, a layer with boxes to tick for several.

use crate::model::variable::ALL;
use crate::state::{App, use_app};
use crate::state::variables::VariableState;
use crate::view::ui::{Glyph, Icon, Menu, live};
use leptos::prelude::*;

/// The control of `variable`.
#[component]
pub fn VariablePicker(
    /// The variable.
    variable: VariableState,
) -> impl IntoView {
    if variable.variable.multi { several(variable) } else { single(variable) }
}

fn label_of(app: App, variable: &VariableState) -> String {
    let variable = &variable.variable;
    variable.label.as_ref().map_or_else(|| variable.name.clone(), |label| label.get(app.language()).to_owned())
}

/// What there is to choose, "all" first where that is allowed, with what is chosen in it even where it is no option any more.
fn choices(variable: &VariableState) -> Vec<String> {
    let mut choices: Vec<String> = variable.variable.include_all.then(|| ALL.to_owned()).into_iter().collect();
    choices.extend(variable.options.get().unwrap_or_default());
    for chosen in variable.chosen.get() {
        if !choices.contains(&chosen) {
            choices.push(chosen);
        }
    }
    choices
}

fn single(variable: VariableState) -> AnyView {
    let app = use_app();
    let label = label_of(app, &variable);
    let name = variable.variable.name.clone();
    let choose = move |event| {
        let value = event_target_value(&event);
        app.navigation.go(|view| view.set_values(&name, vec![value]));
    };
    let options = move || {
        let chosen = variable.chosen.get();
        let option = |choice: String| {
            let text = if choice == ALL { app.text().all.to_owned() } else { choice.clone() };
            let selected = chosen.contains(&choice);
            view! { <option value=choice selected=selected>{text}</option> }
        };
        choices(&variable).into_iter().map(option).collect_view()
    };
    view! {
        <label class="variable">
            <span class="variable-name">{label}</span>
            <select class="button select" on:change=choose>{live(options)}</select>
        </label>
    }
    .into_any()
}

fn several(variable: VariableState) -> AnyView {
    let app = use_app();
    let label = label_of(app, &variable);
    let summary = {
        let chosen = variable.chosen;
        Signal::derive(move || {
            let chosen = chosen.get();
            if chosen.iter().any(|value| value == ALL) { app.text().all.to_owned() } else { chosen.join(", ") }
        })
    };
    let boxes = move || {
        let chosen = variable.chosen.get();
        let tick = |choice: String| {
            let text = if choice == ALL { app.text().all.to_owned() } else { choice.clone() };
            let checked = chosen.contains(&choice);
            let (name, chosen) = (variable.variable.name.clone(), chosen.clone());
            let toggle = move |_| {
                let values = toggled(&chosen, &choice);
                app.navigation.go(|view| view.set_values(&name, values));
            };
            view! { <label class="tick"><input type="checkbox" prop:checked=checked on:change=toggle/>{text}</label> }
        };
        choices(&variable).into_iter().map(tick).collect_view()
    };
    view! {
        <div class="variable">
            <span class="variable-name">{label.clone()}</span>
            <Menu
                label=label
                class="button select-like"
                face=ViewFn::from(move || view! { <span class="select-text">{summary}</span><Icon glyph=Glyph::Down/> })
            >
                <div class="ticks">{live(boxes.clone())}</div>
            </Menu>
        </div>
    }
    .into_any()
}

/// The values chosen after a click on `choice`: "all" and single values exclude each other, and nothing is as good as all.
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
