//! Gauge: a number on an arc from min to max.

use crate::state::App;
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::values::reading::{Reading, field_of, readings, tone};
use crate::view::ui::{Element, el, svg};
use model::color::Color;
use model::dashboard::{Field, GaugeOptions};
use model::unit::Unit;
use std::sync::Arc;
use text::decimal::fixed;

/// The arc of the value: three quarters of a circle around (50, 50), open at the bottom, with radius 38.
const ARC: &str = "M23.1 76.9A38 38 0 1 1 76.9 76.9";
/// The ring of the thresholds around it, with radius 46.
const RING: &str = "M17.5 82.5A46 46 0 1 1 82.5 82.5";
/// The `viewBox` without labels around the ring.
const VIEW: &str = "0 2 100 92";
/// The `viewBox` with labels around the ring.
const LABELLED_VIEW: &str = "-24 -14 148 108";
/// The width for the number inside the arc, and its greatest height.
const INSIDE: (f64, f64) = (58.0, 17.0);
/// The width of a character, as a share of its height.
const CHAR: f64 = 0.58;

/// The gauges of a panel.
pub fn view(context: &PanelContext, options: &GaugeOptions) -> Element {
    let PanelContext { app, query, .. } = *context;
    let (panel, options) = (Arc::clone(&context.panel), options.clone());
    el("div").class("gauges").live(move || {
        let readings = query.last().map(|loaded| readings(app, &panel, options.calc, &loaded.data)).unwrap_or_default();
        let field = panel.targets.first().map_or(&panel.field, |target| field_of(&panel, target));
        let scale = Scale { app, options: &options, field };
        let named = readings.len() > 1;
        readings.iter().map(|reading| scale.gauge(reading, named)).collect::<Vec<_>>()
    })
}

/// The ends of the scale: 0 to 100, or 0 to 1 for shares, unless the field sets them.
pub fn ends(field: &Field) -> (f64, f64) {
    let whole = if field.unit == Unit::SHARE { 1.0 } else { 100.0 };
    (field.min.unwrap_or(0.0), field.max.unwrap_or(whole))
}

/// The position of `value` between `min` and `max`, 0 to 1.
pub fn fraction(value: Option<f64>, (min, max): (f64, f64)) -> f64 {
    value.map(|value| (value - min) / (max - min)).filter(|share| !share.is_nan()).unwrap_or(0.0).clamp(0.0, 1.0)
}

/// The data that all gauges of a panel share.
struct Scale<'a> {
    app: App,
    options: &'a GaugeOptions,
    field: &'a Field,
}

impl Scale<'_> {
    fn gauge(&self, reading: &Reading, named: bool) -> Element {
        let Reading { name, value, text, color, .. } = reading;
        let (min, max) = ends(self.field);
        let share = fraction(*value, (min, max));
        let (class, view) = if self.options.show_threshold_labels { ("labelled", LABELLED_VIEW) } else { ("unlabelled", VIEW) };
        let drawing = svg("svg").class(class).attr("viewBox", view).child(stretch(ARC, "gauge-track", 0.0, 1.0));
        let filled = (share > 0.0).then(|| stretch(ARC, "gauge-fill", 0.0, share));
        let drawing = drawing.children(filled).children(self.ring((min, max))).children(self.labels((min, max)));
        let (width, most) = INSIDE;
        let chars = u32::try_from(text.chars().count()).map_or(1.0, f64::from);
        let size = fixed((width / (chars * CHAR)).min(most), 1);
        let number = label(text, "gauge-value", "50", "53").attr("font-size", &size).attr("data-value", "");
        let drawing = drawing.child(number);
        let ends = [(min, "24"), (max, "76")];
        let drawing = drawing.children(ends.map(|(end, x)| label(&self.words(end), "gauge-label", x, "90")).to_vec());

        let gauge = el("div").class(&format!("gauge {}", tone(*color))).attr("role", "meter").attr("aria-label", name);
        // The scale is in percent; `aria-valuetext` has the number itself.
        let gauge = gauge.attr("aria-valuemin", "0").attr("aria-valuemax", "100").attr("aria-valuenow", &fixed(share * 100.0, 0));
        let gauge = gauge.attr("aria-valuetext", text).child(drawing);
        gauge.children(named.then(|| el("span").class("gauge-name").attr("title", name).text(name)))
    }

    fn words(&self, value: f64) -> String {
        self.app.format(&self.field.unit, value, self.field.decimals)
    }

    /// The ring with the colours of the thresholds.
    fn ring(&self, (min, max): (f64, f64)) -> Vec<Element> {
        if !self.options.show_threshold_markers {
            return Vec::new();
        }
        let bands = self.field.thresholds.bands(min, max);
        let colored = bands.into_iter().filter(|(color, ..)| *color != Color::Text);
        colored.map(|(color, from, to)| stretch(RING, &format!("gauge-ring {}", tone(color)), from, to)).collect()
    }

    /// The labels of the thresholds, each at its position.
    fn labels(&self, (min, max): (f64, f64)) -> Vec<Element> {
        if !self.options.show_threshold_labels {
            return Vec::new();
        }
        let inside = self.field.thresholds.lines(min, max).filter(|(value, _)| *value > min && *value < max);
        let at = |value| {
            // The whole arc is 270 degrees, half of it on each side of the top.
            let angle = fraction(Some(value), (min, max)) * 270.0 - 135.0;
            // Rotated to its place, and back again so that the text is upright.
            let turn = format!("rotate({} 50 50) translate(50 -9) rotate({})", fixed(angle, 1), fixed(-angle, 1));
            label(&self.words(value), "gauge-label", "0", "0").attr("transform", &turn)
        };
        inside.map(|(value, _)| at(value)).collect()
    }
}

/// The part of an arc between the shares `from` and `to`, 0 to 1.
fn stretch(arc: &str, class: &str, from: f64, to: f64) -> Element {
    // A dash of length 0, a gap up to the start, and the visible dash.
    let dashes = format!("0 {} {} 200", fixed(from * 100.0, 1), fixed((to - from) * 100.0, 1));
    svg("path").class(class).attr("d", arc).attr("pathLength", "100").attr("stroke-dasharray", &dashes)
}

fn label(text: &str, class: &str, x: &str, y: &str) -> Element {
    svg("text").class(class).attr("x", x).attr("y", y).text(text)
}
