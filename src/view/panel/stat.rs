//! Stat: large numbers, each over the line of its past.

use super::reading::{Reading, readings};
use crate::chart::{self, Ink};
use crate::model::color::Color;
use crate::model::dashboard::Panel;
use crate::state::panel_query::PanelQuery;
use crate::state::use_app;
use crate::view::ui::{Canvas, live, use_size};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// The numbers of `panel`.
pub fn view(panel: &Arc<Panel>, query: PanelQuery) -> AnyView {
    let app = use_app();
    let panel = Arc::clone(panel);
    let numbers = move || {
        let readings = query.last.get().map(|loaded| readings(&panel, &loaded.data, app.language())).unwrap_or_default();
        // A single number needs no name: the title is its name.
        let named = readings.len() > 1;
        readings.into_iter().map(|reading| number(reading, named)).collect_view()
    };
    view! { <div class="stats">{live(numbers)}</div> }.into_any()
}

fn number(reading: Reading, named: bool) -> AnyView {
    let Reading { name, text, color, history, .. } = reading;
    let symbol = color.symbol().map(|symbol| view! { <span class="symbol" aria-hidden="true">{symbol}</span> });
    let line = history.iter().any(|value| value.is_finite()).then(|| sparkline(history, color));
    view! {
        <div class=format!("stat is-{}", color.name())>
            {line}
            {named.then(|| view! { <span class="stat-name">{name}</span> })}
            <span class="stat-value"><span data-value="">{text}</span>{symbol}</span>
        </div>
    }
    .into_any()
}

fn sparkline(values: Vec<f64>, color: Color) -> AnyView {
    // Without a meaning of its own the line has the colour of a first series.
    let ink = if color == Color::Text { Ink::Series(0) } else { Ink::Token(color) };
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let size = use_size(node);
    let scene = Memo::new(move |_| size.get().map(|size| Arc::new(chart::sparkline(&values, ink, size))));
    view! { <div class="sparkline" node_ref=node><Canvas scene=scene palette=app.theme.palette/></div> }.into_any()
}
