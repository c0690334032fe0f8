//! The dashboard file: `public/dashboards/ID.json`, short enough to write by hand. Field names are Grafana's where they mean the
//! same thing. Reading ([`read`]) is lenient: a field that is absent or broken has its default, an unknown one is ignored. The JSON
//! Schema and `cargo xtask test` are strict.

mod read;
#[cfg(test)]
mod tests;

use super::color::Color;
use super::locale::LocalText;
use super::mapping::Mapping;
use super::threshold::Thresholds;
use super::unit::Unit;
use super::variable::Variable;
use serde::Serialize;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A dashboard. Its id is the name of its file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Dashboard {
    /// What it is called.
    pub title: LocalText,
    /// One sentence under the title.
    #[serde(skip_serializing_if = "is_default")]
    pub description: LocalText,
    /// The time range shown first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeDefault>,
    /// How often it asks again: `off`, `5s` … `1d`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh: Option<String>,
    /// The scrape job whose interval `$__rate_interval` builds on where a query has no literal `job=` matcher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// How the service shows on the overview, and what to do when nothing scrapes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Choices above the panels, in the order in which they depend on each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// The panels, in reading order.
    pub panels: Vec<Panel>,
}

/// The time range that a dashboard opens with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimeDefault {
    /// As the `from` of the query string, such as `now-6h`.
    pub from: String,
    /// As the `to` of the query string, such as `now`.
    pub to: String,
}

/// What a dashboard says about its service as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
    /// What has to run for that scrape job to find something.
    #[serde(skip_serializing_if = "is_default")]
    pub exporter: LocalText,
}

/// How a panel draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PanelKind {
    /// Lines or areas over time.
    #[default]
    Timeseries,
    /// Large numbers, each with a sparkline.
    Stat,
    /// Numbers on an arc from min to max.
    Gauge,
    /// Numbers as horizontal bars from min to max.
    BarGauge,
    /// Instant queries side by side, a row for each value of `joinBy`.
    Table,
    /// A note.
    Text,
    /// Alerting rules and their state.
    AlertList,
}

impl PanelKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [Self::Timeseries, Self::Stat, Self::Gauge, Self::BarGauge, Self::Table, Self::Text, Self::AlertList];

    /// The name in dashboard files and in `data-kind`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeseries => "timeseries",
            Self::Stat => "stat",
            Self::Gauge => "gauge",
            Self::BarGauge => "bargauge",
            Self::Table => "table",
            Self::Text => "text",
            Self::AlertList => "alertlist",
        }
    }
}

/// One panel.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Panel {
    /// Unique in its dashboard; `panel=ID` in the query string shows it alone.
    pub id: u32,
    /// How it draws.
    #[serde(rename = "type")]
    pub kind: PanelKind,
    /// What it shows.
    pub title: LocalText,
    /// How to read it, one or two sentences.
    #[serde(skip_serializing_if = "is_default")]
    pub description: LocalText,
    /// How much room it takes.
    pub grid_pos: GridPos,
    /// The queries. Empty for text and alert lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// How its values read.
    #[serde(skip_serializing_if = "is_default")]
    pub field: Field,
    /// Time series: stack the series upon each other.
    #[serde(skip_serializing_if = "is_default")]
    pub stack: bool,
    /// Time series: how opaque the area under a line is, 0 (a line only) to 100.
    #[serde(skip_serializing_if = "is_default")]
    pub fill_opacity: u8,
    /// Time series: draw the thresholds as lines.
    #[serde(skip_serializing_if = "is_default")]
    pub show_thresholds: bool,
    /// Stat: leave the sparkline out.
    #[serde(skip_serializing_if = "is_default")]
    pub no_sparkline: bool,
    /// Table: the label whose values name the rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_by: Option<String>,
    /// Table: the heading of that column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_title: Option<LocalText>,
    /// Table: the variable that a click on a row sets to the row's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sets: Option<String>,
    /// Text: the paragraphs, separated by empty lines. Lines that begin with `- ` are a list.
    #[serde(skip_serializing_if = "is_default")]
    pub content: LocalText,
    /// Alert list: only rules whose label `service` has this value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
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

impl Default for GridPos {
    fn default() -> Self {
        Self { w: 12, h: 8 }
    }
}

/// How values read: unit, range, colours, words.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Field {
    /// The unit id, Grafana's names.
    #[serde(skip_serializing_if = "is_default")]
    pub unit: Unit,
    /// Digits after the decimal separator; absent: as many as tell values apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// The low end of axis, gauge or bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The high end of axis, gauge or bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// From which value on which colour holds.
    #[serde(skip_serializing_if = "is_default")]
    pub thresholds: Thresholds,
    /// Words instead of numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<Mapping>,
}

impl Field {
    /// The colour of a value: its mapping's, else its threshold's.
    pub fn color(&self, value: Option<f64>) -> Color {
        if let Some(color) = Mapping::find(&self.mappings, value).and_then(|mapping| mapping.color) {
            return color;
        }
        let (min, max) = (self.min.unwrap_or(0.0), self.max.unwrap_or(100.0));
        value.filter(|value| !value.is_nan()).map_or(Color::Text, |value| self.thresholds.color(value, min, max))
    }
}

/// One query of a panel.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Target {
    /// The PromQL expression, with `$variables` and macros.
    pub expr: String,
    /// What names each series, such as `{{instance}}`.
    #[serde(skip_serializing_if = "is_default")]
    pub legend_format: LocalText,
    /// How often what it reads changes, such as `1m`, where that is more rarely than it is scraped: rates are taken over at least four
    /// of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<String>,
    /// Time series: draw dashed and unstacked, as for a limit.
    #[serde(skip_serializing_if = "is_default")]
    pub dashed: bool,
    /// Table and overview: the heading of the column or number.
    #[serde(skip_serializing_if = "is_default")]
    pub title: LocalText,
    /// Table and overview: how this column's values read; the panel's own unless one of its fields is given here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// Table: draw the value as a bar too, on the field's min to max.
    #[serde(skip_serializing_if = "is_default")]
    pub bar: bool,
}
