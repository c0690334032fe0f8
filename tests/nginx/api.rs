//! The allow-list in front of Prometheus: the requests of the app pass, all others never reach Prometheus.

use crate::http::{get, request};
use crate::site::{Nginx, Prometheus};
use crate::upstream;

const API: &str = "/prometheus/api/v1/";
const QUERIES: [&str; 2] = ["query?query=up", "query_range?query=up&start=0&end=60&step=15"];
const READS: [&str; 8] = [
    "labels",
    "label/__name__/values",
    "series?match[]=up",
    "rules",
    "alerts",
    "targets?state=active",
    "metadata?limit=10",
    "status/buildinfo",
];

#[test]
fn requests_of_the_app_pass_with_and_without_a_path_prefix() {
    for (prefix, settings) in [("", ""), ("/prometheus", "set $utkik_prometheus_prefix /prometheus;")] {
        let prometheus = Prometheus::start(prefix);
        let nginx = Nginx::start(prometheus.port, settings);
        for path in QUERIES.iter().chain(&READS) {
            let answer = get(nginx.port, &format!("{API}{path}"));
            assert_eq!(answer.status, 200, "{path} with prefix {prefix:?}");
            assert_eq!(answer.json()["status"], "success", "{path}");
            assert_eq!(answer.header("Content-Type"), Some("application/json"), "{path}");
            assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{path}");
            assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{path}");
            assert!(answer.header("Content-Security-Policy").unwrap().starts_with("default-src 'none';"), "{path}");
        }
        for path in QUERIES {
            let (endpoint, form) = path.split_once('?').unwrap();
            let kind = [("Content-Type", "application/x-www-form-urlencoded")];
            let answer = request(nginx.port, "POST", &format!("{API}{endpoint}"), &kind, form);
            assert_eq!((answer.status, answer.json()["status"].as_str()), (200, Some("success")), "{path}");
        }
    }
}

#[test]
fn parameters_reach_prometheus_unchanged() {
    let prometheus = Prometheus::start("");
    let nginx = Nginx::start(prometheus.port, "");
    let answer =
        get(nginx.port, &format!("{API}query?time=1.5&query=label_replace(vector(1%2B1),%22a%22,%22%25%20%C3%A5%22,%22%22,%22%22)"));
    let result = &answer.json()["data"]["result"][0];
    assert_eq!(result["metric"]["a"], "% å");
    assert_eq!(result["value"], serde_json::json!([1.5, "2"]));
}

#[test]
fn other_methods_are_refused() {
    let mut prometheus = Prometheus::start("");
    let nginx = Nginx::start(prometheus.port, "");
    for path in QUERIES.iter().chain(&READS) {
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"] {
            assert_eq!(request(nginx.port, method, &format!("{API}{path}"), &[], "").status, 405, "{method} {path}");
        }
    }
    for path in READS {
        assert_eq!(request(nginx.port, "POST", &format!("{API}{path}"), &[], "a=b").status, 405, "POST {path}");
    }
    assert!(prometheus.is_running());
    assert!(prometheus.used_handlers().is_empty(), "{:?}", prometheus.used_handlers());
}

#[test]
fn other_paths_never_reach_prometheus() {
    let mut prometheus = Prometheus::start("");
    let nginx = Nginx::start(prometheus.port, "");
    for path in [
        // Prometheus' other endpoints, some of which stop it, change it or show secrets.
        "/prometheus/-/quit",
        "/prometheus/-/reload",
        "/prometheus/-/ready",
        "/prometheus/api/v1/admin/tsdb/snapshot",
        "/prometheus/api/v1/admin/tsdb/delete_series?match[]=up",
        "/prometheus/api/v1/admin/tsdb/clean_tombstones",
        "/prometheus/api/v1/write",
        "/prometheus/api/v1/read",
        "/prometheus/api/v1/otlp/v1/metrics",
        "/prometheus/api/v1/status/config",
        "/prometheus/api/v1/status/flags",
        "/prometheus/api/v1/status/runtimeinfo",
        "/prometheus/api/v1/status/tsdb",
        "/prometheus/api/v1/query_exemplars",
        "/prometheus/api/v1/targets/metadata",
        "/prometheus/api/v1/label/job",
        "/prometheus/api/v1/",
        "/prometheus/api/v1",
        "/prometheus/api/unavailable",
        "/prometheus/api/keep/",
        "/prometheus/api/keep/not",
        "/prometheus/api/keep/10m?query=up",
        "/prometheus/federate?match[]=up",
        "/prometheus/metrics",
        "/prometheus/debug/pprof/",
        "/prometheus/consoles/",
        "/prometheus/graph",
        "/prometheus/classic/config",
        "/prometheus/",
        "/prometheus",
        // Attempts to bypass the list.
        "/prometheus/api/v1/../../-/quit",
        "/prometheus/api/v1/%2e%2e/%2e%2e/-/quit",
        "/prometheus/api/v1/query/../../../-/quit",
        "/prometheus/api/v1/query/..%2f..%2f..%2f-/quit",
        "/prometheus/api/v1/query%2f..%2f..%2f..%2f-%2fquit",
        "/prometheus/api/v1/query;/../../../-/quit",
        "/prometheus/api/v1/query/",
        "/prometheus/api/v1/query%3fquery=1",
        "/prometheus/api/v1/%71uery%2e",
        "/prometheus/api/v1/label/../status/config",
        "/prometheus/api/v1/label/..%2fstatus%2fconfig",
        "/prometheus/api/v1/label/%2e%2e%2fstatus%2fconfig%3f/values",
        "/prometheus/api/v1/label/%252e%252e%252fstatus%252fconfig/values",
        "/prometheus/api/v1/label/a%20HTTP%2f1.1%0d%0aX:/values",
        "/prometheus/api/v1//status/config",
        "/prometheus//-/quit",
        "//prometheus/-/quit",
        "/prometheus/./-/quit",
        "/prometheus/api/v1\\..\\..\\-\\quit",
        "/PROMETHEUS/-/quit",
        "/Prometheus/api/v1/status/config",
        "/-/quit",
        "http://localhost/-/quit",
        "http://localhost/prometheus/-/quit",
    ] {
        for method in ["GET", "POST", "PUT"] {
            let answer = request(nginx.port, method, path, &[], "");
            assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
        }
    }
    assert!(prometheus.is_running());
    assert!(prometheus.used_handlers().is_empty(), "{:?}", prometheus.used_handlers());

    // A detour that resolves to an allowed path passes, and only that path is requested.
    let round = "/prometheus/-/quit/../../../prometheus/%2e/api//v1/query?query=1";
    assert_eq!(get(nginx.port, round).status, 200);
    assert_eq!(prometheus.used_handlers().into_iter().collect::<Vec<_>>(), ["/api/v1/query"]);
}

#[test]
fn prometheus_gets_no_headers_of_the_viewer() {
    let nginx = Nginx::start(upstream::echo(), "");
    let headers = [
        ("Cookie", "session=1"),
        ("Authorization", "Basic dTpw"),
        ("Origin", "https://evil.example"),
        ("X-Scope-OrgID", "another tenant"),
        ("X-Forwarded-For", "203.0.113.1"),
    ];
    for path in ["query?query=up", "labels"] {
        let answer = request(nginx.port, "GET", &format!("{API}{path}"), &headers, "");
        let request = answer.text();
        assert_eq!(request, format!("GET /api/v1/{path} HTTP/1.1\r\nHost: utkik_prometheus\r\n\r\n"));
        for name in ["Set-Cookie", "Access-Control-Allow-Origin"] {
            assert_eq!(answer.header(name), None, "{path}");
        }
        assert_eq!(answer.header("Date"), Some("Thu, 01 Jan 1970 00:00:00 GMT"), "the Date is that of Prometheus");
    }
}

#[test]
fn answers_are_compressed_on_the_way() {
    let prometheus = Prometheus::start("");
    let nginx = Nginx::start(prometheus.port, "");
    let answer = request(nginx.port, "GET", &format!("{API}status/buildinfo"), &[("Accept-Encoding", "gzip")], "");
    assert_eq!((answer.status, answer.header("Content-Encoding")), (200, Some("gzip")));
}
