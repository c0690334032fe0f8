//! Values as they are read: text and colour, from unit, mappings and thresholds.

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
    /// What names it.
    pub name: String,
    /// The value itself.
    pub value: Option<f64>,
    /// The value in words.
    pub text: String,
    /// The colour of the value.
    pub color: Color,
    /// The values over time, where they were asked for.
    pub history: Vec<f64>,
}

/// The text of a value: its mapping's, else the number in its unit.
pub fn words(app: App, field: &Field, value: Option<f64>) -> String {
    if let Some(mapping) = Mapping::find(&field.mappings, value) {
        return mapping.text.get(app.language()).to_owned();
    }
    value.map_or_else(|| "–".to_owned(), |value| app.format(&field.unit, value, field.decimals))
}

/// The field that holds for `target`.
pub fn field_of<'a>(panel: &'a Panel, target: &'a Target) -> &'a Field {
    target.field.as_ref().unwrap_or(&panel.field)
}

/// Every series of every reply as one value, made by `calc`.
pub fn readings(app: App, panel: &Panel, calc: Calc, data: &PanelData) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (target, reply) in panel.targets.iter().zip(&data.replies) {
        let mut field = field_of(panel, target).clone();
        // A count of samples has not their unit, nor has a share.
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

/// The value at the end of the window. A series that ended before it has none now, whatever it had then; the last point of the grid
/// may still be missing where a scrape is late.
fn newest(values: &[f64]) -> Option<f64> {
    /// How many missing points at the end are lateness rather than absence.
    const LATE_POINTS: usize = 2;
    values.iter().rev().take(LATE_POINTS + 1).copied().find(|value| !value.is_nan())
}

/// The name of a series: its legend, else its selector notation.
pub fn name_of(target: &Target, labels: &Labels, language: Language) -> String {
    labels.legend(target.legend_format.get(language))
}

/// The number of a reading, in its colour, with a sign for those who do not see the colour.
pub fn number(text: &str, color: Color) -> Vec<Element> {
    let mut parts = vec![el("span").attr("data-value", "").text(text)];
    parts.extend(symbol(color));
    parts
}

/// The sign of a colour.
pub fn symbol(color: Color) -> Option<Element> {
    color.symbol().map(|symbol| el("span").class("symbol").attr("aria-hidden", "true").text(symbol))
}

/// The class that colours what is in it.
pub fn tone(color: Color) -> String {
    format!("is-{}", color.name())
}
