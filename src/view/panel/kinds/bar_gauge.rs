//! Bar gauge: numbers as bars from min to max, to the right or upwards.

use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::kinds::gauge::{ends, fraction};
use crate::view::panel::values::reading::{Reading, readings, tone};
use crate::view::ui::{Element, el};
use model::color::Color;
use model::dashboard::{BarDisplay, BarGaugeOptions, Orientation};
use model::threshold::Thresholds;
use std::sync::Arc;
use text::decimal::fixed;

/// The number of cells in a bar, as `--cells` in `style/on_demand/kinds.css`.
const CELLS: f64 = 24.0;

/// The bars of a panel.
pub fn view(context: &PanelContext, options: &BarGaugeOptions) -> Element {
    let PanelContext { app, query, .. } = *context;
    let (panel, calc, display) = (Arc::clone(&context.panel), options.calc, options.display_mode);
    let upright = options.orientation == Orientation::Vertical;
    el("ul").class(if upright { "bars upright" } else { "bars" }).live(move || {
        let readings = query.last().map(|loaded| readings(app, &panel, calc, &loaded.data)).unwrap_or_default();
        let (min, mut max) = ends(&panel.field);
        if panel.field.max.is_none() {
            // If the panel sets no max, the highest value is the end of the scale.
            max = readings.iter().filter_map(|reading| reading.value).fold(f64::MIN_POSITIVE, f64::max);
        }
        readings.iter().map(|reading| bar(&panel.field.thresholds, display, upright, reading, (min, max))).collect::<Vec<_>>()
    })
}

fn bar(thresholds: &Thresholds, display: BarDisplay, upright: bool, reading: &Reading, ends: (f64, f64)) -> Element {
    let Reading { name, value, text, color, .. } = reading;
    let row = el("li").class(&format!("bar-row {}", tone(*color))).child(el("span").class("bar-name").attr("title", name).text(name));
    let row = row.child(el("span").class("bar-value").attr("data-value", "").text(text));
    let share = fraction(*value, ends);
    row.child(match display {
        BarDisplay::Basic => filled(upright, share, None),
        BarDisplay::Gradient => {
            let lowest = thresholds.bands(ends.0, ends.1).first().map_or(Color::Text, |(color, ..)| *color);
            let toward = if upright { "to top" } else { "to right" };
            filled(upright, share, Some(&format!("linear-gradient({toward}, {}, {})", ink(lowest), ink(*color))))
        }
        BarDisplay::Lcd => cells(upright, share, thresholds, ends),
    })
}

/// A bar that is filled to `share`, 0 to 1. It is hidden from screen readers: the number is beside it.
pub fn meter(share: f64) -> Element {
    filled(false, share, None)
}

fn filled(upright: bool, share: f64, background: Option<&str>) -> Element {
    let fill = el("span").class("meter-fill").style(if upright { "height" } else { "width" }, &percent(share));
    let fill = if let Some(background) = background { fill.style("background", background) } else { fill };
    el("span").class("meter").attr("aria-hidden", "true").child(fill)
}

/// A bar of cells: those up to `share` are lit, each in the threshold colour at its place.
fn cells(upright: bool, share: f64, thresholds: &Thresholds, (min, max): (f64, f64)) -> Element {
    // Rounded up to whole cells: a value above zero has at least one.
    let whole = |share: f64| (share * CELLS).ceil() / CELLS;
    let mut stops = String::new();
    for (color, from, to) in thresholds.bands(min, max) {
        stops.extend([", ", &ink(color), " ", &percent(whole(from)), " ", &percent(whole(to))]);
    }
    let toward = if upright { "to top" } else { "to right" };
    let colors = format!("linear-gradient({toward}{stops})");
    // One pixel more, so that the edge is in the gap between two cells.
    let dark = format!("calc({} + 1px)", percent(1.0 - whole(share)));
    let lit = if upright { format!("inset({dark} 0 0)") } else { format!("inset(0 {dark} 0 0)") };
    let layer = |class: &str| el("span").class(class).style("background", &colors);
    let lit = layer("cells").style("clip-path", &lit);
    el("span").class("meter in-cells").attr("aria-hidden", "true").child(layer("cells unlit")).child(lit)
}

/// The CSS value of a colour on a bar.
fn ink(color: Color) -> String {
    let token = if color == Color::Text { "accent" } else { color.name() };
    format!("var(--{token})")
}

fn percent(share: f64) -> String {
    fixed(share * 100.0, 2) + "%"
}
