//! The kinds of panels, each with the options that only it has.

use super::choice::{
    BarDisplay, ColorMode, GraphMode, LegendDisplay, LegendPlacement, Orientation, PieLabel, PieType, ShowValue, TextMode, ThresholdsStyle,
    TooltipMode, is_default,
};
use super::graph_style::GraphStyle;
use crate::calc::Calc;
use crate::local_text::LocalText;
use json_derive::FromJson;
use serde::Serialize;

/// How a panel draws. An unknown `type` is drawn as time series.
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
    /// Instant queries side by side, a row for each value of `joinBy`.
    #[serde(rename = "table")]
    Table(TableOptions),
    /// A row for each series: how long it was in which state.
    #[serde(rename = "state-timeline")]
    StateTimeline(StateOptions),
    /// A row for each series: a cell for each instant.
    #[serde(rename = "status-history")]
    StatusHistory(StateOptions),
    /// How many observations fell into which bucket, over time.
    #[serde(rename = "heatmap")]
    Heatmap(HeatmapOptions),
    /// Shares of a whole.
    #[serde(rename = "piechart")]
    PieChart(PieChartOptions),
    /// Instant queries as bars beside or upon each other, a group for each value of `joinBy`.
    #[serde(rename = "barchart")]
    BarChart(BarChartOptions),
    /// A note in Markdown.
    #[serde(rename = "text")]
    Text(TextOptions),
    /// Alerting rules and their state.
    #[serde(rename = "alertlist")]
    AlertList(AlertListOptions),
}

/// What a panel asks Prometheus for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Values over the whole window.
    Range,
    /// Values at its end.
    Instant,
    /// Nothing of its own.
    Nothing,
}

impl Kind {
    /// What a panel of this kind asks for.
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
    /// How the series of a target with this style are drawn.
    pub fn style_of(&self, target: &GraphStyle) -> GraphStyle {
        target.over(&self.style)
    }
}

impl Default for Kind {
    fn default() -> Self {
        Self::TimeSeries(TimeSeriesOptions::default())
    }
}

/// Options of one kind of panel: how all of them are read and written.
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
        /// How series are drawn, unless their target says otherwise.
        #[serde(flatten)]
        style: GraphStyle,
        /// How thresholds show.
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
        /// What one number is made of a series. Other than the newest value, it is made over the window.
        #[serde(skip_serializing_if = "is_default")]
        calc: Calc,
        /// What it writes.
        #[serde(skip_serializing_if = "is_default")]
        text_mode: TextMode,
        /// What the colour of the value colours.
        #[serde(skip_serializing_if = "is_default")]
        color_mode: ColorMode,
        /// Whether it has a sparkline.
        #[serde(skip_serializing_if = "is_default")]
        graph_mode: GraphMode,
        /// The change over the window in percent, too.
        #[serde(skip_serializing_if = "is_default")]
        show_percent_change: bool,
        /// One number below or beside the other.
        #[serde(skip_serializing_if = "is_default")]
        orientation: Orientation,
    }

    /// Options of gauges.
    GaugeOptions {
        /// What one number is made of a series. Other than the newest value, it is made over the window.
        #[serde(skip_serializing_if = "is_default")]
        calc: Calc,
        /// The thresholds as a ring round the arc.
        #[serde(skip_serializing_if = "is_default")]
        show_threshold_markers: bool,
        /// The values of the thresholds beside it.
        #[serde(skip_serializing_if = "is_default")]
        show_threshold_labels: bool,
    }

    /// Options of bar gauges.
    BarGaugeOptions {
        /// What one number is made of a series. Other than the newest value, it is made over the window.
        #[serde(skip_serializing_if = "is_default")]
        calc: Calc,
        /// Which way the bars go.
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
        /// The title of the column that it is sorted by at first, the rows' names with an empty one; absent: as the queries sort.
        #[serde(skip_serializing_if = "Option::is_none")]
        sort_by: Option<LocalText>,
        /// The largest first.
        #[serde(skip_serializing_if = "is_default")]
        sort_desc: bool,
    }

    /// Options of state timelines and status histories.
    StateOptions {
        /// Whether values are written where they are drawn.
        #[serde(skip_serializing_if = "is_default")]
        show_value: ShowValue,
        /// The legend.
        #[serde(skip_serializing_if = "is_default")]
        legend: Legend,
    }

    /// Options of heatmaps.
    HeatmapOptions {
        /// The legend: the scale of the colours.
        #[serde(skip_serializing_if = "is_default")]
        legend: Legend,
    }

    /// Options of pie charts.
    PieChartOptions {
        /// What one number is made of a series. Other than the newest value, it is made over the window.
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
        /// How bars are drawn, unless their target says otherwise.
        #[serde(flatten)]
        style: GraphStyle,
        /// The label whose values name the groups.
        #[serde(skip_serializing_if = "Option::is_none")]
        join_by: Option<String>,
        /// Which way the bars go.
        #[serde(skip_serializing_if = "is_default")]
        orientation: Orientation,
        /// Whether values are written where they are drawn.
        #[serde(skip_serializing_if = "is_default")]
        show_value: ShowValue,
        /// The legend.
        #[serde(skip_serializing_if = "is_default")]
        legend: Legend,
    }

    /// Options of notes.
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
        /// How it is set.
        #[serde(skip_serializing_if = "is_default")]
        display_mode: LegendDisplay,
        /// Where it is.
        #[serde(skip_serializing_if = "is_default")]
        placement: LegendPlacement,
        /// The numbers beside each name; none: the newest value.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        calcs: Vec<Calc>,
        /// Which of `calcs` a table is sorted by at first; absent: in the order of the queries.
        #[serde(skip_serializing_if = "Option::is_none")]
        sort_by: Option<Calc>,
        /// The largest first.
        #[serde(skip_serializing_if = "is_default")]
        sort_desc: bool,
    }
}
