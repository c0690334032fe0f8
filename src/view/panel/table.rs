//! Table: instant queries side by side, a row for each value of one label. On a narrow screen each row becomes a card.

use super::bar_gauge::meter;
use super::gauge::fraction;
use super::reading::{field_of, words};
use crate::model::dashboard::{Panel, Target};
use crate::state::panel_query::{PanelData, PanelQuery, Reply};
use crate::state::{App, use_app};
use crate::view::controls::Link;
use crate::view::ui::live;
use leptos::prelude::*;
use std::sync::Arc;

/// The table of `panel`.
pub fn view(panel: &Arc<Panel>, query: PanelQuery) -> AnyView {
    let app = use_app();
    let language = app.language();
    let first = panel.join_title.as_ref().map(|title| title.get(language).to_owned());
    let columns = panel.targets.iter().map(|target| view! { <th scope="col">{target.title.get(language).to_owned()}</th> }).collect_view();
    let body = {
        let panel = Arc::clone(panel);
        move || query.last.get().map(|loaded| rows(app, &panel, &loaded.data))
    };
    view! {
        <div class="table-box" tabindex="0" role="group">
            <table class="cards"><thead><tr><th scope="col">{first}</th>{columns}</tr></thead><tbody>{live(body)}</tbody></table>
        </div>
    }
    .into_any()
}

/// The names of the rows: every value of the joining label, in the order of the first column that has it.
fn row_names(data: &PanelData, label: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for reply in &data.replies {
        let Reply::Instant(samples) = reply else { continue };
        for name in samples.iter().filter_map(|sample| sample.labels.get(label)) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// The value of a column in the row `name`. Of several the worst comes first in the answer, as the dashboard sorts it.
fn cell(reply: &Reply, label: &str, name: &str) -> Option<f64> {
    let Reply::Instant(samples) = reply else { return None };
    samples.iter().find(|sample| sample.labels.get(label) == Some(name)).map(|sample| sample.value)
}

fn rows(app: App, panel: &Arc<Panel>, data: &PanelData) -> AnyView {
    let label = panel.join_by.as_deref().unwrap_or("instance");
    let row = |name: String| {
        let values = panel.targets.iter().zip(&data.replies).map(|(target, reply)| (target, cell(reply, label, &name)));
        let key = name.clone();
        let cells = values.map(|(target, value)| column(app, panel, target, value)).collect_view();
        view! { <tr data-row=key><th scope="row">{row_head(app, panel, name)}</th>{cells}</tr> }
    };
    row_names(data, label).into_iter().map(row).collect_view().into_any()
}

fn column(app: App, panel: &Panel, target: &Target, value: Option<f64>) -> AnyView {
    let language = app.language();
    let field = field_of(panel, target);
    let color = field.color(value);
    let bar = (target.bar && value.is_some()).then(|| meter(fraction(value, field.min.unwrap_or(0.0), field.max.unwrap_or(100.0))));
    let symbol = color.symbol().map(|symbol| view! { <span class="symbol" aria-hidden="true">{symbol}</span> });
    view! {
        <td class=format!("is-{}", color.name()) data-title=target.title.get(language).to_owned()>
            <span class="cell"><span data-value="">{words(field, value, language)}</span>{symbol}</span>
            {bar}
        </td>
    }
    .into_any()
}

/// The name of a row: a link that chooses it, where the panel sets a variable.
fn row_head(app: App, panel: &Panel, name: String) -> AnyView {
    let Some(variable) = panel.sets.clone() else { return name.into_any() };
    let to = {
        let name = name.clone();
        Signal::derive(move || {
            let mut view = app.navigation.view.get();
            view.set_values(&variable, vec![name.clone()]);
            view
        })
    };
    view! { <Link to=to>{name}</Link> }.into_any()
}
