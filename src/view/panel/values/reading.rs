//! Values as text and colour, from unit, mappings and thresholds.

use crate::state::App;
use crate::state::panel_query::PanelData;
use crate::state::source::Reply;
use crate::view::ui::{Element, el};
use model::calc::Calc;
use model::color::Color;
use model::dashboard::{Field, Panel, Target};
use model::labels::Labels;
use model::mapping::Mapping;
use model::unit::Unit;
use text::locale::Language;

/// One value, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The name of its series.
    pub name: String,
    /// The value itself.
    pub value: Option<f64>,
    /// The value as text.
    pub text: String,
    /// The colour of the value.
    pub color: Color,
    /// The values over time; empty for instant queries.
    pub history: Vec<f64>,
}

/// The text of a value: that of its mapping, else the number with its unit.
pub fn words(app: App, field: &Field, value: Option<f64>) -> String {
    if let Some(mapping) = Mapping::find(&field.mappings, value) {
        return mapping.text.get(app.language()).to_owned();
    }
    value.map_or_else(|| "–".to_owned(), |value| app.format(&field.unit, value, field.decimals))
}

/// The field of `target`: its own, else that of the panel.
pub fn field_of<'a>(panel: &'a Panel, target: &'a Target) -> &'a Field {
    target.field.as_ref().unwrap_or(&panel.field)
}

/// Every series of every reply, reduced to one value by `calc`.
pub fn readings(app: App, panel: &Panel, calc: Calc, data: &PanelData) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (target, reply) in panel.targets.iter().zip(&data.replies) {
        let mut field = field_of(panel, target).clone();
        // A count and a percentage do not have the unit of the samples.
        match calc {
            Calc::Count => field.unit = Unit::NONE,
            Calc::Diffperc => field.unit = Unit::PERCENT,
            _ => {}
        }
        let mut add = |labels: &Labels, value: Option<f64>, history: Vec<f64>| {
            readings.push(Reading {
                name: name_of(target, labels, app.language()),
                value,
                text: words(app, &field, value),
                color: field.color(value),
                history,
            });
        };
        match reply {
            Reply::Range(frame) => {
                for series in &frame.series {
                    let value = if calc == Calc::LastNotNull { newest(&series.values) } else { calc.of(&series.values) };
                    add(&series.labels, value, series.values.clone());
                }
            }
            Reply::Instant(samples) => samples.iter().for_each(|sample| add(&sample.labels, Some(sample.value), Vec::new())),
        }
    }
    readings
}

/// The value at the end of the window; `None` for a series that ended before. The last points of the grid may be missing if a scrape is
/// late.
fn newest(values: &[f64]) -> Option<f64> {
    /// Up to this many missing points at the end count as a late scrape.
    const LATE_POINTS: usize = 2;
    values.iter().rev().take(LATE_POINTS + 1).copied().find(|value| !value.is_nan())
}

/// The name of a series: by its legend format, else in selector notation.
pub fn name_of(target: &Target, labels: &Labels, language: Language) -> String {
    labels.legend(target.legend_format.get(language))
}

/// The text of a value, and the symbol of its colour for users who cannot see the colour.
pub fn number(text: &str, color: Color) -> Vec<Element> {
    let mut parts = vec![el("span").attr("data-value", "").text(text)];
    parts.extend(symbol(color));
    parts
}

/// The symbol of a colour, if it has one.
pub fn symbol(color: Color) -> Option<Element> {
    color.symbol().map(|symbol| el("span").class("symbol").attr("aria-hidden", "true").text(symbol))
}

/// The CSS class of a colour.
pub fn tone(color: Color) -> String {
    format!("is-{}", color.name())
}
