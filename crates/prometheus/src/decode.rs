//! Decodes the bytes of an answer into the model.
//!
//! Promises: a body that ends early is [`Error::Truncated`], never a shorter answer; an error from the source keeps its message; in a
//! rule or target, a field that is missing, null or of another type gets its default.

use super::Answer;
use super::envelope;
pub use super::envelope::Http;
use super::error::Error;
use super::matrix::{Collect, to_millis};
use json::{FromJson, Value, parse_number};
use model::alert::{self, Alert, AlertRule, AlertState};
use model::labels::Labels;
use model::series::{Frame, Grid, Sample};
use model::target::{self, ScrapeTarget, TargetHealth};
use model::time::{Millis, parse_duration, parse_instant};

/// The answer to `query_range`, with each sample at its place on `grid`.
pub fn range(http: Http<'_>, body: &[u8], grid: Grid) -> Result<Answer<Frame>, Error> {
    let mut series = Vec::new();
    let mut collect = Collect::range(grid, &mut series);
    let remarks = envelope::read(http, body, &mut |reader| collect.data(reader))?;
    collect.check()?;
    Ok(Answer { data: Frame { grid, series }, remarks })
}

/// The answer to `query`: an instant vector, or a scalar as a sample without labels.
pub fn instant(http: Http<'_>, body: &[u8]) -> Result<Answer<Vec<Sample>>, Error> {
    let mut samples = Vec::new();
    let mut collect = Collect::instant(&mut samples);
    let remarks = envelope::read(http, body, &mut |reader| collect.data(reader))?;
    collect.check()?;
    Ok(Answer { data: samples, remarks })
}

/// The answer to `label/NAME/values`.
pub fn label_values(http: Http<'_>, body: &[u8]) -> Result<Vec<String>, Error> {
    let data = tree(http, body)?;
    let values = elements(&data)?.iter().map(String::from_json);
    values.collect::<Option<_>>().ok_or(Error::Malformed)
}

/// The alerting rules of an answer to `rules`, worst first. Recording rules are left out.
pub fn rules(http: Http<'_>, body: &[u8]) -> Result<Vec<AlertRule>, Error> {
    let data = tree(http, body)?;
    let mut rules = Vec::new();
    for group in list(&data, "groups")? {
        let alerting = group.get("rules").elements().iter().filter(|rule| rule.get("type").as_str() != Some("recording"));
        rules.extend(alerting.map(|rule| read_rule(group, rule)));
    }
    alert::sort(&mut rules);
    Ok(rules)
}

/// The answer to `targets`, broken ones first.
pub fn targets(http: Http<'_>, body: &[u8]) -> Result<Vec<ScrapeTarget>, Error> {
    let data = tree(http, body)?;
    let mut targets: Vec<_> = list(&data, "activeTargets")?.iter().map(read_target).collect();
    target::sort(&mut targets);
    Ok(targets)
}

/// The `data` of a small answer, as a tree.
fn tree<'a>(http: Http<'_>, body: &'a [u8]) -> Result<Value<'a>, Error> {
    let mut data = Value::Null;
    envelope::read(http, body, &mut |reader| {
        data = reader.value()?;
        Ok(())
    })?;
    Ok(data)
}

/// The list `key` of `data`; anything that is not a list is an error, so that a wrong answer never looks like "no alerts".
fn list<'a, 'b>(data: &'a Value<'b>, key: &str) -> Result<&'a [Value<'b>], Error> {
    match data {
        Value::Object(_) | Value::Null => elements(data.get(key)),
        _ => Err(Error::Malformed),
    }
}

fn elements<'a, 'b>(value: &'a Value<'b>) -> Result<&'a [Value<'b>], Error> {
    match value {
        Value::Array(elements) => Ok(elements),
        Value::Null => Ok(&[]),
        _ => Err(Error::Malformed),
    }
}

fn read_rule(group: &Value<'_>, rule: &Value<'_>) -> AlertRule {
    let mut alerts: Vec<Alert> = rule.get("alerts").elements().iter().map(read_alert).collect();
    alert::sort_alerts(&mut alerts);
    let state = read_state(rule);
    // The state of a rule that cannot be evaluated is unknown, not inactive. A rule that fired before still fires.
    let broken = rule.get("health").as_str() == Some("err") && state == AlertState::Inactive;
    AlertRule {
        name: rule.field("name"),
        group: group.field("name"),
        interval: to_millis(group.field("interval")),
        state: if broken { AlertState::Unknown } else { state },
        query: rule.field("query"),
        hold: to_millis(rule.field("duration")),
        labels: read_labels(rule.get("labels")),
        annotations: read_labels(rule.get("annotations")),
        alerts,
        last_error: read_error(rule),
    }
}

fn read_alert(alert: &Value<'_>) -> Alert {
    Alert {
        state: read_state(alert),
        labels: read_labels(alert.get("labels")),
        annotations: read_labels(alert.get("annotations")),
        active_since: read_time(alert.get("activeAt")),
        // Prometheus writes `1e+00`, vmalert `1`.
        value: alert.get("value").as_str().and_then(parse_number).unwrap_or(f64::NAN),
    }
}

fn read_state(rule_or_alert: &Value<'_>) -> AlertState {
    match rule_or_alert.get("state").as_str() {
        Some("firing") => AlertState::Firing,
        Some("pending") => AlertState::Pending,
        Some("inactive") => AlertState::Inactive,
        _ => AlertState::Unknown,
    }
}

fn read_target(target: &Value<'_>) -> ScrapeTarget {
    ScrapeTarget {
        labels: read_labels(target.get("labels")),
        pool: target.field("scrapePool"),
        url: target.field("scrapeUrl"),
        health: match target.get("health").as_str() {
            Some("up") => TargetHealth::Up,
            Some("down") => TargetHealth::Down,
            _ => TargetHealth::Unknown,
        },
        last_error: read_error(target),
        last_scrape: read_time(target.get("lastScrape")),
        last_duration: target.field("lastScrapeDuration"),
        // VictoriaMetrics does not report it.
        interval: target.get("scrapeInterval").as_str().and_then(parse_duration),
    }
}

fn read_labels(labels: &Value<'_>) -> Labels {
    let pairs = labels.fields().iter();
    pairs.filter_map(|(name, value)| Some((name.clone().into_owned(), value.as_str()?.to_owned()))).collect()
}

fn read_error(rule_or_target: &Value<'_>) -> Option<String> {
    rule_or_target.get("lastError").as_str().filter(|error| !error.is_empty()).map(str::to_owned)
}

/// RFC 3339 to milliseconds; `None` for Go's zero time, which means "never".
fn read_time(value: &Value<'_>) -> Option<Millis> {
    parse_instant(value.as_str()?).filter(|at| *at > 0)
}

#[cfg(test)]
mod tests;
