//! From the bytes of an answer to the model.
//!
//! Promises: a body that ends early is [`Error::Truncated`], never a shorter answer; an error that the source explains keeps its
//! words; a field that is missing or null takes its default.

use super::Answer;
use super::error::Error;
use super::matrix::{Collect, empty, to_millis};
use super::wire;
use crate::model::alert::{self, Alert, AlertRule, AlertState};
use crate::model::series::{Frame, Grid, Sample};
use crate::model::target::{self, ScrapeTarget, TargetHealth};
use crate::model::time::{Millis, parse_duration, parse_instant};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// What the HTTP layer knows about a body.
#[derive(Clone, Copy, Debug)]
pub struct Http<'a> {
    /// The status code.
    pub status: u16,
    /// The `Content-Type`, empty if there is none.
    pub content_type: &'a str,
}

/// The answer to `query_range`, each sample on its place of `grid`.
pub fn range(http: Http<'_>, body: &[u8], grid: Grid) -> Result<Answer<Frame>, Error> {
    let mut frame = empty(grid);
    let remarks = envelope(http, body, Collect::Range(grid, &mut frame.series))?;
    Ok(Answer { data: frame, remarks })
}

/// The answer to `query`: a vector, or a scalar as a sample without labels.
pub fn instant(http: Http<'_>, body: &[u8]) -> Result<Answer<Vec<Sample>>, Error> {
    let mut samples = Vec::new();
    let remarks = envelope(http, body, Collect::Instant(&mut samples))?;
    Ok(Answer { data: samples, remarks })
}

/// The answer to `label/NAME/values`.
pub fn label_values(http: Http<'_>, body: &[u8]) -> Result<Vec<String>, Error> {
    derived(http, body)
}

/// The alerting rules of an answer to `rules`, worst first. Recording rules are left out.
pub fn rules(http: Http<'_>, body: &[u8]) -> Result<Vec<AlertRule>, Error> {
    let wire: wire::Rules = derived(http, body)?;
    let mut rules: Vec<AlertRule> = wire
        .groups
        .into_iter()
        .flat_map(|group| {
            let name = group.name;
            group.rules.into_iter().filter(|rule| rule.kind != "recording").map(move |rule| rule_of(&name, rule))
        })
        .collect();
    alert::sort(&mut rules);
    Ok(rules)
}

/// The answer to `targets`, broken ones first.
pub fn targets(http: Http<'_>, body: &[u8]) -> Result<Vec<ScrapeTarget>, Error> {
    let wire: wire::Targets = derived(http, body)?;
    let mut targets: Vec<ScrapeTarget> = wire.active_targets.into_iter().map(target_of).collect();
    target::sort(&mut targets);
    Ok(targets)
}

fn rule_of(group: &str, rule: wire::Rule) -> AlertRule {
    let mut alerts: Vec<Alert> = rule
        .alerts
        .into_iter()
        .map(|alert| Alert {
            state: state_of(&alert.state),
            labels: alert.labels.into_iter().collect(),
            annotations: alert.annotations.into_iter().collect(),
            active_since: parse_time(&alert.active_at),
            value: alert.value.parse().unwrap_or(f64::NAN),
        })
        .collect();
    alert::sort_alerts(&mut alerts);
    // A rule that cannot be evaluated is not "inactive": nobody knows.
    let state = if rule.health == "err" { AlertState::Unknown } else { state_of(&rule.state) };
    AlertRule {
        name: rule.name,
        group: group.to_owned(),
        state,
        query: rule.query,
        hold: to_millis(rule.duration),
        labels: rule.labels.into_iter().collect(),
        annotations: rule.annotations.into_iter().collect(),
        alerts,
        last_error: Some(rule.last_error).filter(|error| !error.is_empty()),
    }
}

fn state_of(name: &str) -> AlertState {
    match name {
        "firing" => AlertState::Firing,
        "pending" => AlertState::Pending,
        "inactive" => AlertState::Inactive,
        _ => AlertState::Unknown,
    }
}

fn target_of(target: wire::Target) -> ScrapeTarget {
    ScrapeTarget {
        labels: target.labels.into_iter().collect(),
        pool: target.scrape_pool,
        url: target.scrape_url,
        health: match target.health.as_str() {
            "up" => TargetHealth::Up,
            "down" => TargetHealth::Down,
            _ => TargetHealth::Unknown,
        },
        last_error: Some(target.last_error).filter(|error| !error.is_empty()),
        last_scrape: parse_time(&target.last_scrape),
        last_duration: target.last_scrape_duration,
        interval: parse_duration(&target.scrape_interval),
    }
}

/// RFC 3339 to milliseconds; none for Go's zero time, which means "never".
fn parse_time(text: &str) -> Option<Millis> {
    parse_instant(text).filter(|at| *at > 0)
}

/// Reads an answer whose `data` is a `T`.
fn derived<T: Default + for<'de> Deserialize<'de>>(http: Http<'_>, body: &[u8]) -> Result<T, Error> {
    let mut data = T::default();
    envelope(http, body, Into(&mut data))?;
    Ok(data)
}

/// Reads `data` into a place.
struct Into<'a, T>(&'a mut T);

impl<'de, T: Default + Deserialize<'de>> DeserializeSeed<'de> for Into<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = Option::<T>::deserialize(deserializer)?.unwrap_or_default();
        Ok(())
    }
}

/// Reads `{status, data, errorType, error, warnings, infos}`, handing `data` to `seed`; the remarks, or why there is no answer.
fn envelope<'de, S: DeserializeSeed<'de, Value = ()>>(http: Http<'_>, body: &'de [u8], seed: S) -> Result<Vec<String>, Error> {
    // VictoriaMetrics streams as application/stream+json. Anything else that is not JSON never came from the source.
    if !http.content_type.contains("json") {
        return Err(without_json(http.status));
    }
    let mut head = Head::default();
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let read = deserializer.deserialize_map(EnvelopeVisitor { head: &mut head, seed, lifetime: PhantomData });
    match read {
        Err(error) if error.is_eof() => Err(Error::Truncated),
        Err(_) if http.status >= 400 => Err(without_json(http.status)),
        Err(_) => Err(Error::Malformed),
        Ok(()) if head.status == "success" && http.status < 400 => Ok(head.remarks),
        Ok(()) if head.status == "error" || http.status >= 400 => Err(head.into_error(http.status)),
        Ok(()) => Err(Error::Malformed),
    }
}

/// What an answer without a word from the source means.
fn without_json(status: u16) -> Error {
    match status {
        0..400 => Error::NotPrometheus,
        429 | 500.. => Error::Unavailable { status },
        _ => Error::Refused { status },
    }
}

/// Everything beside `data`.
#[derive(Default)]
struct Head {
    status: String,
    kind: String,
    message: String,
    remarks: Vec<String>,
}

impl Head {
    fn into_error(self, status: u16) -> Error {
        // The proxy's own words, in Prometheus' envelope, for a source that does not answer.
        if self.message.is_empty() || (self.kind == "unavailable" && matches!(status, 502..=504)) {
            return without_json(status);
        }
        Error::Api { kind: self.kind, message: self.message }
    }
}

struct EnvelopeVisitor<'a, 'de, S> {
    head: &'a mut Head,
    seed: S,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, S: DeserializeSeed<'de, Value = ()>> Visitor<'de> for EnvelopeVisitor<'_, 'de, S> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer of the API")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seed = Some(self.seed);
        while let Some(key) = map.next_key::<&str>()? {
            match key {
                "status" => self.head.status = map.next_value()?,
                "errorType" => self.head.kind = map.next_value()?,
                "error" => self.head.message = map.next_value()?,
                "warnings" | "infos" => self.head.remarks.extend(map.next_value::<Option<Vec<String>>>()?.unwrap_or_default()),
                "data" => match seed.take() {
                    Some(seed) => map.next_value_seed(seed)?,
                    None => {
                        map.next_value::<IgnoredAny>()?;
                    }
                },
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
