//! What the viewer gets when Prometheus is down, hangs or returns an error, and when there are too many requests.

use std::thread;

use crate::http::{Response, get, request};
use crate::programs::free_port;
use crate::site::{Nginx, Prometheus, shipped};
use crate::upstream;

const QUERY: &str = "/prometheus/api/v1/query?query=up";

fn assert_envelope(answer: &Response, status: u16, error: &str) {
    assert_eq!(answer.status, status);
    assert_eq!(answer.header("Content-Type"), Some("application/json"));
    assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    assert_eq!(answer.json(), serde_json::json!({"status": "error", "errorType": "unavailable", "error": error}));
}

#[test]
fn a_prometheus_that_is_down_is_reported_in_the_format_of_its_api() {
    let nginx = Nginx::start(free_port(), "");
    let message = "The proxy cannot reach Prometheus.";
    assert_envelope(&get(nginx.port, QUERY), 502, message);
    assert_envelope(&request(nginx.port, "POST", "/prometheus/api/v1/query", &[], "query=up"), 502, message);
    assert_envelope(&get(nginx.port, "/prometheus/api/v1/labels"), 502, message);
}

#[test]
fn a_prometheus_that_hangs_is_reported_after_the_timeout() {
    let shipped = shipped("server.conf");
    let impatient = shipped.replace("proxy_read_timeout    30s;", "proxy_read_timeout 1s;");
    assert_ne!(shipped, impatient);
    let nginx = Nginx::start_with(upstream::hung(), "", &impatient);
    assert_envelope(&get(nginx.port, QUERY), 504, "Prometheus did not answer the proxy in time.");
}

#[test]
fn an_error_of_prometheus_is_passed_on() {
    let prometheus = Prometheus::start("");
    let nginx = Nginx::start(prometheus.port, "");
    let answer = get(nginx.port, "/prometheus/api/v1/query?query=(");
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["errorType"], "bad_data");
}

#[test]
fn a_form_longer_than_any_query_is_refused() {
    let nginx = Nginx::start(free_port(), "");
    let form = format!("query={}", "a".repeat(70_000));
    assert_eq!(request(nginx.port, "POST", "/prometheus/api/v1/query", &[], &form).status, 413);
}

#[test]
fn thirty_viewers_are_not_limited_and_a_flood_of_requests_is() {
    let prometheus = Prometheus::start("");
    let nginx = Nginx::start(prometheus.port, "");
    let port = nginx.port;
    // 30 viewers open a dashboard of eight panels with three queries each, six at a time.
    let viewers: Vec<_> = (0..30)
        .map(|_| {
            thread::spawn(move || {
                let lanes: Vec<_> = (0..6).map(|_| thread::spawn(move || [(); 4].map(|()| get(port, QUERY).status))).collect();
                lanes.into_iter().flat_map(|lane| lane.join().unwrap()).collect::<Vec<_>>()
            })
        })
        .collect();
    let statuses: Vec<_> = viewers.into_iter().flat_map(|viewer| viewer.join().unwrap()).collect();
    assert_eq!(statuses, [200; 720]);

    let refused = (0..20_000).map(|_| get(port, QUERY)).find(|answer| answer.status != 200);
    assert_envelope(&refused.expect("no limit"), 429, "Too many requests from this address.");
}
