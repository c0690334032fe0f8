//! Reading dashboard files. By hand rather than by `serde`, whose code for these types is several times as large (see
//! [`crate::json`]); that both know the same names is tested by a round trip.

use super::{Dashboard, Field, GridPos, Panel, PanelKind, Service, Target, TimeDefault};
use crate::json::{self, FromJson, Value};

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

impl FromJson for PanelKind {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        let name = value.as_str()?;
        Self::ALL.into_iter().find(|kind| kind.name() == name)
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
            stack: value.field("stack"),
            fill_opacity: value.field("fillOpacity"),
            show_thresholds: value.field("showThresholds"),
            no_sparkline: value.field("noSparkline"),
            join_by: value.field("joinBy"),
            join_title: value.field("joinTitle"),
            sets: value.field("sets"),
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
            dashed: value.field("dashed"),
            title: value.field("title"),
            field: value.field("field"),
            bar: value.field("bar"),
        })
    }
}
