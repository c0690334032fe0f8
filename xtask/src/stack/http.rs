//! Simple GET requests to services on this machine.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The longest wait for an answer, in seconds.
const TIMEOUT: u64 = 5;

/// The body of a GET that answers 200.
pub fn get(url: &str) -> Result<String> {
    let answer = minreq::get(url).with_timeout(TIMEOUT).send().with_context(|| format!("GET {url}"))?;
    if answer.status_code != 200 {
        bail!("GET {url}: {} {}", answer.status_code, answer.reason_phrase);
    }
    Ok(answer.as_str()?.to_owned())
}

/// Whether a GET answers 200.
pub fn is_ok(url: &str) -> bool {
    minreq::get(url).with_timeout(TIMEOUT).send().is_ok_and(|answer| answer.status_code == 200)
}

/// The result vector of an instant query; `api` is the server's address including `/api/v1`.
pub fn query(api: &str, expression: &str) -> Result<Vec<Value>> {
    let request = minreq::get(format!("{api}/query")).with_param("query", expression).with_timeout(30);
    let answer = request.send().with_context(|| format!("query {expression}"))?;
    let body = answer.as_str()?;
    let mut json: Value = serde_json::from_str(body).with_context(|| format!("query {expression}: {} {body}", answer.status_code))?;
    match json.pointer_mut("/data/result").map(Value::take) {
        Some(Value::Array(result)) => Ok(result),
        _ => bail!("query {expression}: {body}"),
    }
}

/// The first value in the result of an instant query, if there is one.
pub fn scalar(api: &str, expression: &str) -> Result<Option<f64>> {
    let result = query(api, expression)?;
    let value = result.first().and_then(|sample| sample.pointer("/value/1")).and_then(Value::as_str);
    Ok(value.and_then(|value| value.parse().ok()))
}
