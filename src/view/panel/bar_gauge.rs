//! Bar gauge: numbers as horizontal bars from min to max.

use super::gauge::{ends, fraction};
use super::reading::{Reading, readings};
use crate::model::dashboard::Panel;
use crate::state::panel_query::PanelQuery;
use crate::state::use_app;
use crate::view::ui::live;
use leptos::prelude::*;
use std::sync::Arc;

/// The bars of `panel`.
pub fn view(panel: &Arc<Panel>, query: PanelQuery) -> AnyView {
    let app = use_app();
    let panel = Arc::clone(panel);
    let bars = move || {
        let readings = query.last.get().map(|loaded| readings(&panel, &loaded.data, app.language())).unwrap_or_default();
        // Without a max of its own the panel's longest bar is the scale.
        let largest = readings.iter().filter_map(|reading| reading.value).fold(f64::MIN_POSITIVE, f64::max);
        let (min, max) = if panel.field.max.is_some() { ends(&panel) } else { (panel.field.min.unwrap_or(0.0), largest) };
        readings.into_iter().map(|reading| bar(reading, min, max)).collect_view()
    };
    view! { <ul class="bars">{live(bars)}</ul> }.into_any()
}

fn bar(reading: Reading, min: f64, max: f64) -> AnyView {
    let Reading { name, value, text, color, .. } = reading;
    view! {
        <li class=format!("bar-row is-{}", color.name())>
            <span class="bar-name">{name}</span>
            <span class="bar-value" data-value="">{text}</span>
            {meter(fraction(value, min, max))}
        </li>
    }
    .into_any()
}

/// A bar that is filled to `fraction`. The number beside it says the same in words.
pub fn meter(fraction: f64) -> AnyView {
    view! { <span class="meter" aria-hidden="true"><span class="meter-fill" style:width=format!("{:.1}%", fraction * 100.0)></span></span> }
        .into_any()
}
