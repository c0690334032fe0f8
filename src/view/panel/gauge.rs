//! Gauge: a number on an arc from min to max.

use super::reading::{Reading, readings, tone};
use crate::model::dashboard::Panel;
use crate::model::decimal::fixed;
use crate::state::App;
use crate::state::panel_query::PanelQuery;
use crate::view::ui::{Element, el, svg};
use std::sync::Arc;

/// The arc: three quarters of a circle of radius 40 round (50, 50), open below.
const ARC: &str = "M21.7 78.3A40 40 0 1 1 78.3 78.3";
/// The length of the arc in the same units: 3/4 x 2 x pi x 40.
const ARC_LENGTH: f64 = 188.5;

/// The gauges of `panel`.
pub fn view(app: App, panel: &Arc<Panel>, query: PanelQuery) -> Element {
    let panel = Arc::clone(panel);
    el("div").class("gauges").live(move || {
        let readings = query.last().map(|loaded| readings(app, &panel, &loaded.data)).unwrap_or_default();
        let (min, max) = ends(&panel);
        let named = readings.len() > 1;
        readings.into_iter().map(|reading| gauge(&reading, min, max, named)).collect::<Vec<_>>()
    })
}

/// The ends of the scale: 0 to 100 unless the panel says otherwise.
pub fn ends(panel: &Panel) -> (f64, f64) {
    (panel.field.min.unwrap_or(0.0), panel.field.max.unwrap_or(100.0))
}

/// How far `value` is on the way from `min` to `max`, 0 to 1.
pub fn fraction(value: Option<f64>, min: f64, max: f64) -> f64 {
    value.map(|value| (value - min) / (max - min)).filter(|fraction| !fraction.is_nan()).unwrap_or(0.0).clamp(0.0, 1.0)
}

fn gauge(reading: &Reading, min: f64, max: f64, named: bool) -> Element {
    let Reading { name, value, text, color, .. } = reading;
    let percent = fraction(*value, min, max) * 100.0;
    let filled = fixed(percent / 100.0 * ARC_LENGTH, 1) + " 999";
    let drawing = svg("svg").attr("viewBox", "0 0 100 84").attr("aria-hidden", "true");
    let drawing = drawing.child(svg("path").class("gauge-track").attr("d", ARC));
    let drawing = drawing.child(svg("path").class("gauge-fill").attr("d", ARC).attr("stroke-dasharray", &filled));
    let gauge = el("div").class(&format!("gauge {}", tone(*color))).attr("role", "meter").attr("aria-label", name);
    // The scale in percent; what the number is, the text says.
    let gauge = gauge.attr("aria-valuemin", "0").attr("aria-valuemax", "100").attr("aria-valuenow", &fixed(percent, 0));
    let gauge = gauge.attr("aria-valuetext", text).child(drawing);
    let gauge = gauge.child(el("span").class("gauge-value").attr("data-value", "").text(text));
    gauge.children(named.then(|| el("span").class("gauge-name").text(name)))
}
