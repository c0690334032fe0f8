//! The shapes of the answers of `/api/v1/rules` and `/api/v1/targets`. Every field may be absent or null.

use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Reads `null` as the default.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Rules {
    #[serde(deserialize_with = "or_default")]
    pub groups: Vec<Group>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Group {
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub rules: Vec<Rule>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Rule {
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub state: String,
    #[serde(deserialize_with = "or_default")]
    pub query: String,
    /// Seconds.
    #[serde(deserialize_with = "or_default")]
    pub duration: f64,
    #[serde(deserialize_with = "or_default")]
    pub labels: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    pub annotations: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    pub alerts: Vec<Alert>,
    #[serde(deserialize_with = "or_default")]
    pub health: String,
    #[serde(deserialize_with = "or_default")]
    pub last_error: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Alert {
    #[serde(deserialize_with = "or_default")]
    pub state: String,
    #[serde(deserialize_with = "or_default")]
    pub labels: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    pub annotations: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    pub active_at: String,
    /// `1e+00`, or `1` from vmalert.
    #[serde(deserialize_with = "or_default")]
    pub value: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Targets {
    #[serde(deserialize_with = "or_default")]
    pub active_targets: Vec<Target>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Target {
    #[serde(deserialize_with = "or_default")]
    pub labels: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    pub scrape_pool: String,
    #[serde(deserialize_with = "or_default")]
    pub scrape_url: String,
    #[serde(deserialize_with = "or_default")]
    pub health: String,
    #[serde(deserialize_with = "or_default")]
    pub last_error: String,
    #[serde(deserialize_with = "or_default")]
    pub last_scrape: String,
    /// Seconds.
    #[serde(deserialize_with = "or_default")]
    pub last_scrape_duration: f64,
    /// Such as `30s`; absent from VictoriaMetrics.
    #[serde(deserialize_with = "or_default")]
    pub scrape_interval: String,
}
