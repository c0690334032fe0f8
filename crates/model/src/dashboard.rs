//! The dashboard file: `public/dashboards/ID.json`, short enough to write by hand. Field names are Grafana's where they mean the
//! same thing. Reading is lenient: a field that is absent or broken has its default, an unknown one is ignored. The JSON
//! Schema and `cargo xtask test` are strict.

mod choice;
mod graph_style;
mod kind;
#[cfg(test)]
mod tests;

pub use choice::*;
pub use graph_style::{GraphStyle, SpanNulls};
pub use kind::*;

use super::color::Color;
use super::mapping::Mapping;
use super::threshold::Thresholds;
use super::unit::Unit;
use super::variable::Variable;
use crate::local_text::LocalText;
use choice::is_default;
use json::{FromJson, Value};
use json_derive::FromJson;
use serde::Serialize;

impl Dashboard {
    /// Reads a dashboard file.
    pub fn parse(bytes: &[u8]) -> Result<Self, json::Error> {
        Self::from_json(&json::parse(bytes)?).ok_or(json::Error::Malformed)
    }
}

/// A dashboard. Its id is the name of its file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Dashboard {
    /// The title.
    pub title: LocalText,
    /// One sentence under the title.
    #[serde(skip_serializing_if = "is_default")]
    pub description: LocalText,
    /// The time range shown first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeDefault>,
    /// The refresh interval: `off`, `5s` … `1d`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh: Option<String>,
    /// The scrape job whose interval determines `$__rate_interval` if a query has no literal `job=` matcher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// How the overview shows the service, and how to set up its scraping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// What the other panels show while the pointer is over one of them.
    #[serde(skip_serializing_if = "is_default")]
    pub cursor_sync: CursorSync,
    /// Intervals that are marked on all time axes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
    /// The variables, shown as controls above the panels. A variable may use those before it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// The panels, in reading order.
    pub panels: Vec<Panel>,
}

/// The time range that a dashboard opens with.
#[derive(Clone, Debug, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimeDefault {
    /// As the `from` of the query string, such as `now-6h`.
    pub from: String,
    /// As the `to` of the query string, such as `now`.
    pub to: String,
}

/// The service that a dashboard is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Service {
    /// An instant query with one element for each part of the service: 1 is healthy, 0 is down. An empty answer means that
    /// nothing scrapes the service.
    pub health: String,
    /// The legend of those elements, such as `{{instance}}`.
    pub legend_format: String,
    /// The numbers on the overview's tile, at most four.
    pub stats: Vec<Target>,
    /// The scrape job to add to `prometheus.yml`, shown when nothing scrapes the service.
    pub scrape: String,
    /// What must run so that this scrape job finds a target, such as an exporter.
    #[serde(skip_serializing_if = "is_default")]
    pub exporter: LocalText,
}

/// One panel: what all kinds have in common.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Panel {
    /// Unique in its dashboard; `panel=ID` in the query string shows it alone.
    pub id: u32,
    /// The kind of panel, with the options of that kind.
    #[serde(flatten)]
    pub kind: Kind,
    /// The title.
    pub title: LocalText,
    /// How to read it, one or two sentences.
    #[serde(skip_serializing_if = "is_default")]
    pub description: LocalText,
    /// Its size.
    pub grid_pos: GridPos,
    /// The queries. Empty for text and alert lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// How its values are shown.
    #[serde(skip_serializing_if = "is_default")]
    pub field: Field,
}

/// The size of a panel on a grid of 24 columns. Panels flow in reading order; a narrow screen gives each the full width, small
/// stats half of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct GridPos {
    /// Width in columns, 1 to 24.
    pub w: u8,
    /// Height in rows of 38 px.
    pub h: u8,
}

impl FromJson for GridPos {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        let default = Self::default();
        let side = |key, default| u8::from_json(value.get(key)).unwrap_or(default);
        Some(Self { w: side("w", default.w), h: side("h", default.h) })
    }
}

impl Default for GridPos {
    fn default() -> Self {
        Self { w: 12, h: 8 }
    }
}

/// How values are shown: unit, range, colours, texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Field {
    /// The unit id, as in Grafana.
    #[serde(skip_serializing_if = "is_default")]
    pub unit: Unit,
    /// The number of digits after the decimal separator; absent: as many as the values need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// The minimum of axis, gauge or bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The maximum of axis, gauge or bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The thresholds: colours that depend on the value.
    #[serde(skip_serializing_if = "is_default")]
    pub thresholds: Thresholds,
    /// Value mappings: texts instead of numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<Mapping>,
}

impl Field {
    /// The colour of a value: of its mapping, else of its threshold.
    pub fn color(&self, value: Option<f64>) -> Color {
        if let Some(color) = Mapping::find(&self.mappings, value).and_then(|mapping| mapping.color) {
            return color;
        }
        let (min, max) = (self.min.unwrap_or(0.0), self.max.unwrap_or(100.0));
        value.filter(|value| !value.is_nan()).map_or(Color::Text, |value| self.thresholds.color(value, min, max))
    }
}

/// One query of a panel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Target {
    /// The PromQL expression, with `$variables` and macros.
    pub expr: String,
    /// The legend of each series, such as `{{instance}}`.
    #[serde(skip_serializing_if = "is_default")]
    pub legend_format: LocalText,
    /// How often the data changes, such as `1m`, if that is less often than it is scraped. Rates are computed over at least four of these
    /// intervals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<String>,
    /// Time series: how its series are drawn where that differs from the panel.
    #[serde(flatten)]
    pub style: GraphStyle,
    /// Table and overview: the heading of the column or number.
    #[serde(skip_serializing_if = "is_default")]
    pub title: LocalText,
    /// Table and overview: how the values of this column are shown; absent: as the `field` of the panel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// Table: how the column shows its values.
    #[serde(skip_serializing_if = "is_default")]
    pub cell: CellDisplay,
    /// Table: links on the values of the column.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<DataLink>,
}

/// A link on a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct DataLink {
    /// The text of the link.
    pub title: LocalText,
    /// The URL: `http`, `https`, `mailto`, or relative to this page. `$variables`, `${__field.labels.NAME}`, `${__value.raw}`,
    /// `${__value.text}` and `${__url_time_range}` are replaced first. Links with other URLs are not shown.
    pub url: String,
    /// Whether it opens in a new tab.
    #[serde(skip_serializing_if = "is_default")]
    pub target_blank: bool,
}

/// Intervals that are marked on the time axes of a dashboard, such as those in which alerts fired.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Annotation {
    /// The name of the annotation query.
    pub name: LocalText,
    /// A range query: each series is marked while its value is not zero.
    pub expr: String,
    /// The title of each interval, such as `{{alertname}}`.
    pub title_format: LocalText,
    /// Their colour.
    pub color: Color,
}
