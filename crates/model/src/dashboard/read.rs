//! Reading dashboard files. By hand rather than by `serde`, whose code for these types is several times as large (see
//! [`json`]); that both know the same names is tested by a round trip.

use super::{Annotation, Dashboard, DataLink, Field, GraphStyle, GridPos, Legend, Panel, Service, Target, TimeDefault};
use json::{self, FromJson, Value};

impl Dashboard {
    /// Reads a dashboard file.
    pub fn parse(bytes: &[u8]) -> Result<Self, json::Error> {
        Self::from_json(&json::parse(bytes)?).ok_or(json::Error::Malformed)
    }
}

impl FromJson for Dashboard {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self {
            title: value.field("title"),
            description: value.field("description"),
            time: value.field("time"),
            refresh: value.field("refresh"),
            job: value.field("job"),
            service: value.field("service"),
            cursor_sync: value.field("cursorSync"),
            annotations: value.field("annotations"),
            variables: value.field("variables"),
            panels: value.field("panels"),
        })
    }
}

impl FromJson for TimeDefault {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self { from: value.field("from"), to: value.field("to") })
    }
}

impl FromJson for Service {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self {
            health: value.field("health"),
            legend_format: value.field("legendFormat"),
            stats: value.field("stats"),
            scrape: value.field("scrape"),
            exporter: value.field("exporter"),
        })
    }
}

impl FromJson for Panel {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self {
            id: value.field("id"),
            kind: value.field("type"),
            title: value.field("title"),
            description: value.field("description"),
            grid_pos: value.field("gridPos"),
            targets: value.field("targets"),
            field: value.field("field"),
            style: GraphStyle::from_json(value).unwrap_or_default(),
            thresholds_style: value.field("thresholdsStyle"),
            legend: value.field("legend"),
            tooltip: value.field("tooltip"),
            calc: value.field("calc"),
            text_mode: value.field("textMode"),
            color_mode: value.field("colorMode"),
            graph_mode: value.field("graphMode"),
            show_percent_change: value.field("showPercentChange"),
            orientation: value.field("orientation"),
            display_mode: value.field("displayMode"),
            show_threshold_markers: value.field("showThresholdMarkers"),
            show_threshold_labels: value.field("showThresholdLabels"),
            show_value: value.field("showValue"),
            pie_type: value.field("pieType"),
            display_labels: value.field("displayLabels"),
            join_by: value.field("joinBy"),
            join_title: value.field("joinTitle"),
            sets: value.field("sets"),
            sort_by: value.field("sortBy"),
            sort_desc: value.field("sortDesc"),
            content: value.field("content"),
            service: value.field("service"),
        })
    }
}

impl FromJson for GridPos {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        let default = Self::default();
        let side = |key, default| u8::from_json(value.get(key)).unwrap_or(default);
        Some(Self { w: side("w", default.w), h: side("h", default.h) })
    }
}

impl FromJson for Field {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self {
            unit: value.field("unit"),
            decimals: value.field("decimals"),
            min: value.field("min"),
            max: value.field("max"),
            thresholds: value.field("thresholds"),
            mappings: value.field("mappings"),
        })
    }
}

impl FromJson for Target {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self {
            expr: value.field("expr"),
            legend_format: value.field("legendFormat"),
            interval: value.field("interval"),
            style: GraphStyle::from_json(value).unwrap_or_default(),
            title: value.field("title"),
            field: value.field("field"),
            cell: value.field("cell"),
            links: value.field("links"),
        })
    }
}

impl FromJson for DataLink {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self { title: value.field("title"), url: value.field("url"), target_blank: value.field("targetBlank") })
    }
}

impl FromJson for Legend {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self {
            display_mode: value.field("displayMode"),
            placement: value.field("placement"),
            calcs: value.field("calcs"),
            sort_by: value.field("sortBy"),
            sort_desc: value.field("sortDesc"),
        })
    }
}

impl FromJson for Annotation {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.is_object().then(|| Self {
            name: value.field("name"),
            expr: value.field("expr"),
            title_format: value.field("titleFormat"),
            color: value.field("color"),
        })
    }
}
