//! The kinds of panels, each with its own options.

use super::choice::{
    BarDisplay, ColorMode, GraphMode, LegendDisplay, LegendPlacement, Orientation, PieLabel, PieType, ShowValue, TextMode, ThresholdsStyle,
    TooltipMode, is_default,
};
use super::graph_style::GraphStyle;
use crate::calc::Calc;
use crate::local_text::LocalText;
use json_derive::FromJson;
use serde::Serialize;

/// The kind of a panel. An unknown `type` is drawn as time series.
#[derive(Clone, Debug, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
pub enum Kind {
    /// Lines, areas, bars or points over time.
    #[serde(rename = "timeseries")]
    TimeSeries(TimeSeriesOptions),
    /// Large numbers, each with a sparkline.
    #[serde(rename = "stat")]
    Stat(StatOptions),
    /// Numbers on an arc from min to max.
    #[serde(rename = "gauge")]
    Gauge(GaugeOptions),
    /// Numbers as bars from min to max.
    #[serde(rename = "bargauge")]
    BarGauge(BarGaugeOptions),
    /// Instant queries as columns, a row for each value of `joinBy`.
    #[serde(rename = "table")]
    Table(TableOptions),
    /// A row for each series: its states and how long each lasted.
    #[serde(rename = "state-timeline")]
    StateTimeline(StateOptions),
    /// A row for each series: a cell for each instant.
    #[serde(rename = "status-history")]
    StatusHistory(StateOptions),
    /// The number of observations in each bucket, over time.
    #[serde(rename = "heatmap")]
    Heatmap(HeatmapOptions),
    /// Shares of a whole.
    #[serde(rename = "piechart")]
    PieChart(PieChartOptions),
    /// Instant queries as grouped or stacked bars, a group for each value of `joinBy`.
    #[serde(rename = "barchart")]
    BarChart(BarChartOptions),
    /// Text in Markdown.
    #[serde(rename = "text")]
    Text(TextOptions),
    /// Alerting rules and their state.
    #[serde(rename = "alertlist")]
    AlertList(AlertListOptions),
}

/// What a panel queries from Prometheus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Values over the whole window.
    Range,
    /// Values at the end of the window.
    Instant,
    /// It has no queries.
    Nothing,
}

impl Kind {
    /// What a panel of this kind queries.
    pub fn asks(&self) -> Asks {
        let range_if = |wanted: bool| if wanted { Asks::Range } else { Asks::Instant };
        match self {
            Self::TimeSeries(_) | Self::StateTimeline(_) | Self::StatusHistory(_) | Self::Heatmap(_) => Asks::Range,
            Self::Stat(options) => {
                range_if(options.graph_mode == GraphMode::Area || options.show_percent_change || !options.calc.is_newest())
            }
            Self::Gauge(options) => range_if(!options.calc.is_newest()),
            Self::BarGauge(options) => range_if(!options.calc.is_newest()),
            Self::PieChart(options) => range_if(!options.calc.is_newest()),
            Self::Table(_) | Self::BarChart(_) => Asks::Instant,
            Self::Text(_) | Self::AlertList(_) => Asks::Nothing,
        }
    }
}

impl TimeSeriesOptions {
    /// The style of a target, with the style of the panel where its own fields are absent.
    pub fn style_of(&self, target: &GraphStyle) -> GraphStyle {
        target.over(&self.style)
    }
}

impl Default for Kind {
    fn default() -> Self {
        Self::TimeSeries(TimeSeriesOptions::default())
    }
}

/// Declares structs of options, all with the same derives.
macro_rules! options {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }
    )+};
}

options! {
    /// Options of time series.
    TimeSeriesOptions {
        /// How series are drawn, unless their target overrides it.
        #[serde(flatten)]
        style: GraphStyle,
        /// How thresholds are drawn.
        #[serde(skip_serializing_if = "is_default")]
        thresholds_style: ThresholdsStyle,
        /// The legend.
        #[serde(skip_serializing_if = "is_default")]
        legend: Legend,
        /// What the tooltip lists.
        #[serde(skip_serializing_if = "is_default")]
        tooltip: TooltipMode,
    }

    /// Options of stats.
    StatOptions {
        /// How a series is reduced to one number. Only the newest value needs no query over the whole window.
        #[serde(skip_serializing_if = "is_default")]
        calc: Calc,
        /// Which texts are shown.
        #[serde(skip_serializing_if = "is_default")]
        text_mode: TextMode,
        /// Which part has the colour of the value.
        #[serde(skip_serializing_if = "is_default")]
        color_mode: ColorMode,
        /// Whether it has a sparkline.
        #[serde(skip_serializing_if = "is_default")]
        graph_mode: GraphMode,
        /// Whether the change over the window is shown too, in percent.
        #[serde(skip_serializing_if = "is_default")]
        show_percent_change: bool,
        /// Whether numbers are below each other or side by side.
        #[serde(skip_serializing_if = "is_default")]
        orientation: Orientation,
    }

    /// Options of gauges.
    GaugeOptions {
        /// How a series is reduced to one number. Only the newest value needs no query over the whole window.
        #[serde(skip_serializing_if = "is_default")]
        calc: Calc,
        /// Whether the thresholds are drawn as a ring around the arc.
        #[serde(skip_serializing_if = "is_default")]
        show_threshold_markers: bool,
        /// Whether the values of the thresholds are written beside the arc.
        #[serde(skip_serializing_if = "is_default")]
        show_threshold_labels: bool,
    }

    /// Options of bar gauges.
    BarGaugeOptions {
        /// How a series is reduced to one number. Only the newest value needs no query over the whole window.
        #[serde(skip_serializing_if = "is_default")]
        calc: Calc,
        /// The direction of the bars.
        #[serde(skip_serializing_if = "is_default")]
        orientation: Orientation,
        /// How bars are filled.
        #[serde(skip_serializing_if = "is_default")]
        display_mode: BarDisplay,
    }

    /// Options of tables.
    TableOptions {
        /// The label whose values name the rows.
        #[serde(skip_serializing_if = "Option::is_none")]
        join_by: Option<String>,
        /// The heading of that column.
        #[serde(skip_serializing_if = "Option::is_none")]
        join_title: Option<LocalText>,
        /// The variable that a click on a row sets to the row's name.
        #[serde(skip_serializing_if = "Option::is_none")]
        sets: Option<String>,
        /// The title of the column by which the table is sorted at first, or `""` for the row names; absent: in the order of the answers.
        #[serde(skip_serializing_if = "Option::is_none")]
        sort_by: Option<LocalText>,
        /// Whether the largest comes first.
        #[serde(skip_serializing_if = "is_default")]
        sort_desc: bool,
    }

    /// Options of state timelines and status histories.
    StateOptions {
        /// Whether values are written on cells.
        #[serde(skip_serializing_if = "is_default")]
        show_value: ShowValue,
        /// The legend.
        #[serde(skip_serializing_if = "is_default")]
        legend: Legend,
    }

    /// Options of heatmaps.
    HeatmapOptions {
        /// The legend: the colour scale.
        #[serde(skip_serializing_if = "is_default")]
        legend: Legend,
    }

    /// Options of pie charts.
    PieChartOptions {
        /// How a series is reduced to one number. Only the newest value needs no query over the whole window.
        #[serde(skip_serializing_if = "is_default")]
        calc: Calc,
        /// The legend.
        #[serde(skip_serializing_if = "is_default")]
        legend: Legend,
        /// Its shape.
        #[serde(skip_serializing_if = "is_default")]
        pie_type: PieType,
        /// What is written on the slices.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        display_labels: Vec<PieLabel>,
    }

    /// Options of bar charts.
    BarChartOptions {
        /// How bars are drawn, unless their target overrides it.
        #[serde(flatten)]
        style: GraphStyle,
        /// The label whose values name the groups.
        #[serde(skip_serializing_if = "Option::is_none")]
        join_by: Option<String>,
        /// The direction of the bars.
        #[serde(skip_serializing_if = "is_default")]
        orientation: Orientation,
        /// Whether values are written on bars.
        #[serde(skip_serializing_if = "is_default")]
        show_value: ShowValue,
        /// The legend.
        #[serde(skip_serializing_if = "is_default")]
        legend: Legend,
    }

    /// Options of text panels.
    TextOptions {
        /// Markdown: headings, paragraphs, lists, tables, links, emphasis, code.
        #[serde(skip_serializing_if = "is_default")]
        content: LocalText,
    }

    /// Options of alert lists.
    AlertListOptions {
        /// Only rules whose label `service` has this value.
        #[serde(skip_serializing_if = "Option::is_none")]
        service: Option<String>,
    }

    /// The legend of a chart.
    Legend {
        /// Its layout.
        #[serde(skip_serializing_if = "is_default")]
        display_mode: LegendDisplay,
        /// Its place.
        #[serde(skip_serializing_if = "is_default")]
        placement: LegendPlacement,
        /// The numbers beside each name; empty: the newest value.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        calcs: Vec<Calc>,
        /// The calculation by which a table is sorted at first, one of `calcs`; absent: in the order of the queries.
        #[serde(skip_serializing_if = "Option::is_none")]
        sort_by: Option<Calc>,
        /// Whether the largest comes first.
        #[serde(skip_serializing_if = "is_default")]
        sort_desc: bool,
    }
}
