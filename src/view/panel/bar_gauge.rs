//! Bar gauge: numbers as horizontal bars from min to max.

use super::gauge::{ends, fraction};
use super::reading::{Reading, readings, tone};
use crate::model::dashboard::Panel;
use crate::model::decimal::fixed;
use crate::state::App;
use crate::state::panel_query::PanelQuery;
use crate::view::ui::{Element, el};
use std::sync::Arc;

/// The bars of `panel`.
pub fn view(app: App, panel: &Arc<Panel>, query: PanelQuery) -> Element {
    let panel = Arc::clone(panel);
    el("ul").class("bars").live(move || {
        let readings = query.last().map(|loaded| readings(app, &panel, &loaded.data)).unwrap_or_default();
        // Without a max of its own the panel's longest bar is the scale.
        let largest = readings.iter().filter_map(|reading| reading.value).fold(f64::MIN_POSITIVE, f64::max);
        let (min, max) = if panel.field.max.is_some() { ends(&panel) } else { (panel.field.min.unwrap_or(0.0), largest) };
        readings.iter().map(|reading| bar(reading, min, max)).collect::<Vec<_>>()
    })
}

fn bar(Reading { name, value, text, color, .. }: &Reading, min: f64, max: f64) -> Element {
    let row = el("li").class(&format!("bar-row {}", tone(*color))).child(el("span").class("bar-name").text(name));
    row.child(el("span").class("bar-value").attr("data-value", "").text(text)).child(meter(fraction(*value, min, max)))
}

/// A bar that is filled to `fraction`. The number beside it says the same in words.
pub fn meter(fraction: f64) -> Element {
    let fill = el("span").class("meter-fill").style("width", &(fixed(fraction * 100.0, 1) + "%"));
    el("span").class("meter").attr("aria-hidden", "true").child(fill)
}
