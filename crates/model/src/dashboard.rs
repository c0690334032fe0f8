//! The dashboard file: `public/dashboards/ID.json`, short enough to write by hand. Field names are Grafana's where they mean the
//! same thing. Reading ([`read`]) is lenient: a field that is absent or broken has its default, an unknown one is ignored. The JSON
//! Schema and `cargo xtask test` are strict.

mod choice;
mod graph_style;
mod read;
#[cfg(test)]
mod tests;

pub use choice::*;
pub use graph_style::{GraphStyle, SpanNulls};

use super::calc::Calc;
use super::color::Color;
use super::mapping::Mapping;
use super::threshold::Thresholds;
use super::unit::Unit;
use super::variable::Variable;
use crate::local_text::LocalText;
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
    /// What the other panels show while the pointer is over one of them.
    #[serde(skip_serializing_if = "is_default")]
    pub cursor_sync: CursorSync,
    /// Intervals that are marked on all time axes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
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

/// One panel.
#[expect(clippy::struct_excessive_bools, reason = "options of a file, each its own, as in Grafana's")]
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
    /// Time series and bar charts: how series are drawn, unless their target says otherwise.
    #[serde(flatten)]
    pub style: GraphStyle,
    /// Time series: how thresholds show.
    #[serde(skip_serializing_if = "is_default")]
    pub thresholds_style: ThresholdsStyle,
    /// Time series and pie charts: the legend.
    #[serde(skip_serializing_if = "is_default")]
    pub legend: Legend,
    /// Time series: what the tooltip lists.
    #[serde(skip_serializing_if = "is_default")]
    pub tooltip: TooltipMode,
    /// Stat, gauges, pie charts: what one number is made of a series. Other than the newest value, it is made over the window.
    #[serde(skip_serializing_if = "is_default")]
    pub calc: Calc,
    /// Stat: what it writes.
    #[serde(skip_serializing_if = "is_default")]
    pub text_mode: TextMode,
    /// Stat: what the colour of the value colours.
    #[serde(skip_serializing_if = "is_default")]
    pub color_mode: ColorMode,
    /// Stat: whether it has a sparkline.
    #[serde(skip_serializing_if = "is_default")]
    pub graph_mode: GraphMode,
    /// Stat: the change over the window in percent, too.
    #[serde(skip_serializing_if = "is_default")]
    pub show_percent_change: bool,
    /// Stat: one number below or beside the other. Bar gauges and bar charts: which way the bars go.
    #[serde(skip_serializing_if = "is_default")]
    pub orientation: Orientation,
    /// Bar gauges: how bars are filled.
    #[serde(skip_serializing_if = "is_default")]
    pub display_mode: BarDisplay,
    /// Gauges: the thresholds as a ring round the arc.
    #[serde(skip_serializing_if = "is_default")]
    pub show_threshold_markers: bool,
    /// Gauges: the values of the thresholds beside it.
    #[serde(skip_serializing_if = "is_default")]
    pub show_threshold_labels: bool,
    /// State timelines, status histories and bar charts: whether values are written where they are drawn.
    #[serde(skip_serializing_if = "is_default")]
    pub show_value: ShowValue,
    /// Pie charts: their shape.
    #[serde(skip_serializing_if = "is_default")]
    pub pie_type: PieType,
    /// Pie charts: what is written on the slices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub display_labels: Vec<PieLabel>,
    /// Tables and bar charts: the label whose values name the rows or groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_by: Option<String>,
    /// Table: the heading of that column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_title: Option<LocalText>,
    /// Table: the variable that a click on a row sets to the row's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sets: Option<String>,
    /// Table: the title of the column that it is sorted by at first, the rows' names with an empty one; absent: as the queries sort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_by: Option<LocalText>,
    /// Table: the largest first.
    #[serde(skip_serializing_if = "is_default")]
    pub sort_desc: bool,
    /// Text: Markdown: headings, paragraphs, lists, tables, links, emphasis, code.
    #[serde(skip_serializing_if = "is_default")]
    pub content: LocalText,
    /// Alert list: only rules whose label `service` has this value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
}

impl Panel {
    /// Whether it is about the whole window, rather than about its end.
    pub fn wants_range(&self) -> bool {
        match self.kind {
            PanelKind::Timeseries | PanelKind::StateTimeline | PanelKind::StatusHistory | PanelKind::Heatmap => true,
            PanelKind::Stat => self.graph_mode == GraphMode::Area || self.show_percent_change || !self.calc.is_newest(),
            PanelKind::Gauge | PanelKind::BarGauge | PanelKind::PieChart => !self.calc.is_newest(),
            PanelKind::Table | PanelKind::BarChart | PanelKind::Text | PanelKind::AlertList => false,
        }
    }

    /// How the series of `target` are drawn.
    pub fn style_of(&self, target: &Target) -> GraphStyle {
        target.style.over(&self.style)
    }
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
    /// Time series: how its series are drawn where that differs from the panel.
    #[serde(flatten)]
    pub style: GraphStyle,
    /// Table and overview: the heading of the column or number.
    #[serde(skip_serializing_if = "is_default")]
    pub title: LocalText,
    /// Table and overview: how this column's values read; the panel's own unless one of its fields is given here.
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct DataLink {
    /// What the link is called.
    pub title: LocalText,
    /// Where it leads: `http`, `https`, `mailto`, or relative to this page, once `$variables`, `${__field.labels.NAME}`, `${__value.raw}`,
    /// `${__value.text}` and `${__url_time_range}` are put in. Others are not shown.
    pub url: String,
    /// Whether it opens in a tab of its own.
    #[serde(skip_serializing_if = "is_default")]
    pub target_blank: bool,
}

/// The legend of a chart.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Legend {
    /// How it is set.
    #[serde(skip_serializing_if = "is_default")]
    pub display_mode: LegendDisplay,
    /// Where it is.
    #[serde(skip_serializing_if = "is_default")]
    pub placement: LegendPlacement,
    /// The numbers beside each name; none: the newest value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calcs: Vec<Calc>,
    /// Which of `calcs` a table is sorted by at first; absent: in the order of the queries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_by: Option<Calc>,
    /// The largest first.
    #[serde(skip_serializing_if = "is_default")]
    pub sort_desc: bool,
}

/// Intervals that are marked on the time axes of a dashboard, such as those in which alerts fired.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Annotation {
    /// What they are called as a whole.
    pub name: LocalText,
    /// A range query: each series is marked as long as it has a value other than zero.
    pub expr: String,
    /// What names each of them, such as `{{alertname}}`.
    pub title_format: LocalText,
    /// Their colour.
    pub color: Color,
}
