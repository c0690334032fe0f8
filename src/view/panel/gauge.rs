//! Gauge: a number on an arc from min to max.

use super::reading::{Reading, readings};
use crate::model::dashboard::Panel;
use crate::state::panel_query::PanelQuery;
use crate::state::use_app;
use crate::view::ui::live;
use leptos::prelude::*;
use std::sync::Arc;

/// The arc: three quarters of a circle of radius 40 round (50, 50), open below.
const ARC: &str = "M21.7 78.3A40 40 0 1 1 78.3 78.3";
/// The length of the arc in the same units: 3/4 x 2 x pi x 40.
const ARC_LENGTH: f64 = 188.5;

/// The gauges of `panel`.
pub fn view(panel: &Arc<Panel>, query: PanelQuery) -> AnyView {
    let app = use_app();
    let panel = Arc::clone(panel);
    let gauges = move || {
        let readings = query.last.get().map(|loaded| readings(&panel, &loaded.data, app.language())).unwrap_or_default();
        let (min, max) = ends(&panel);
        let named = readings.len() > 1;
        readings.into_iter().map(|reading| gauge(reading, min, max, named)).collect_view()
    };
    view! { <div class="gauges">{live(gauges)}</div> }.into_any()
}

/// The ends of the scale: 0 to 100 unless the panel says otherwise.
pub fn ends(panel: &Panel) -> (f64, f64) {
    (panel.field.min.unwrap_or(0.0), panel.field.max.unwrap_or(100.0))
}

/// How far `value` is on the way from `min` to `max`, 0 to 1.
pub fn fraction(value: Option<f64>, min: f64, max: f64) -> f64 {
    value.map(|value| (value - min) / (max - min)).filter(|fraction| !fraction.is_nan()).unwrap_or(0.0).clamp(0.0, 1.0)
}

fn gauge(reading: Reading, min: f64, max: f64, named: bool) -> AnyView {
    let Reading { name, value, text, color, .. } = reading;
    let filled = fraction(value, min, max) * ARC_LENGTH;
    view! {
        <div
            class=format!("gauge is-{}", color.name())
            role="meter"
            aria-valuemin=min.to_string()
            aria-valuemax=max.to_string()
            aria-valuenow=value.unwrap_or(min).to_string()
            aria-valuetext=text.clone()
            aria-label=name.clone()
        >
            <svg viewBox="0 0 100 84" aria-hidden="true">
                <path class="gauge-track" d=ARC></path>
                <path class="gauge-fill" d=ARC stroke-dasharray=format!("{filled:.1} 999")></path>
            </svg>
            <span class="gauge-value" data-value="">{text.clone()}</span>
            {named.then(|| view! { <span class="gauge-name">{name.clone()}</span> })}
        </div>
    }
    .into_any()
}
