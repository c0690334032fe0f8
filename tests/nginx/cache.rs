//! The cache that all viewers share: which answers are served from it, and which are never cached.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::http::{Response, get, request};
use crate::site::{Nginx, Prometheus, shipped};
use crate::upstream::{Recorder, success};

const API: &str = "/prometheus/api/v1/";
const VIEWERS: usize = 30;
/// A range that is over: cached for ten minutes.
const OLD: &str = "/prometheus/api/v1/query_range?query=up&start=1700000000&end=1700003600&step=15";
const INSTANT: &str = "/prometheus/api/v1/query?query=up&time=1700000000";
const RULES: &str = "/prometheus/api/v1/rules?type=alert";

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

/// A range that ends now.
fn head(step: u32) -> String {
    let end = now().as_secs();
    format!("{API}query_range?query=up&start={}&end={end}&step={step}", end - 600)
}

/// Lists are cached in slots of 5 s: waits for a time at which the slot will not end within the next 3 s.
fn early_in_a_slot() {
    while now().as_millis() % 5_000 > 2_000 {
        thread::sleep(Duration::from_millis(20));
    }
}

/// Waits for the next slot.
fn next_slot() {
    let slot = now().as_secs() / 5;
    while now().as_secs() / 5 == slot {
        thread::sleep(Duration::from_millis(20));
    }
}

fn status(answer: &Response) -> Option<&str> {
    answer.header("X-Cache-Status")
}

/// Sends one request for each viewer, all at the same time.
fn all_at_once(port: u16, path: &str) -> Vec<Response> {
    let viewers: Vec<_> = (0..VIEWERS)
        .map(|_| {
            let path = path.to_owned();
            thread::spawn(move || get(port, &path))
        })
        .collect();
    viewers.into_iter().map(|viewer| viewer.join().unwrap()).collect()
}

/// An upstream that numbers its answers in their bodies.
fn counting(headers: &'static str) -> Recorder {
    let count = AtomicUsize::new(0);
    Recorder::start(move |_| success(headers, &format!("{{\"answer\":{}}}", count.fetch_add(1, Ordering::Relaxed))))
}

#[test]
fn the_second_viewer_is_served_from_the_cache() {
    let prometheus = Prometheus::start("");
    let nginx = Nginx::start(prometheus.port, "");
    let head = head(60);
    for (path, handler) in [
        (OLD, "/api/v1/query_range"),
        (&head, "/api/v1/query_range"),
        (INSTANT, "/api/v1/query"),
        (RULES, "/api/v1/rules"),
        ("/prometheus/api/v1/targets?state=active", "/api/v1/targets"),
        ("/prometheus/api/v1/label/__name__/values", "/api/v1/label/:name/values"),
    ] {
        early_in_a_slot();
        let first = get(nginx.port, path);
        assert_eq!((first.status, status(&first)), (200, Some("MISS")), "{path}");
        let asked = prometheus.asked(handler);
        for encoding in ["identity", "gzip"] {
            let second = request(nginx.port, "GET", path, &[("Accept-Encoding", encoding)], "");
            assert_eq!((second.status, status(&second)), (200, Some("HIT")), "{path}");
            assert_eq!(second.header("Date"), first.header("Date"), "{path}: when it was computed");
            assert_eq!(second.header("Cache-Control"), Some("no-store"), "{path}");
            assert_eq!(second.header("Content-Type"), Some("application/json"), "{path}");
            if second.header("Content-Encoding").is_none() {
                assert_eq!(second.text(), first.text(), "{path}");
            }
        }
        assert!(asked > 0.0 && prometheus.asked(handler).total_cmp(&asked).is_eq(), "{path}");
    }
}

#[test]
fn simultaneous_requests_share_one_answer() {
    let count = AtomicUsize::new(0);
    let upstream = Recorder::start(move |_| {
        thread::sleep(Duration::from_millis(600));
        success("", &format!("{{\"answer\":{}}}", count.fetch_add(1, Ordering::Relaxed)))
    });
    let nginx = Nginx::start(upstream.port, "");
    for (number, path) in [RULES, OLD, &head(60), INSTANT, RULES].into_iter().enumerate() {
        if number == 4 {
            // The first answers have expired now, and still only one request reaches Prometheus.
            next_slot();
        }
        early_in_a_slot();
        let answers = all_at_once(nginx.port, path);
        let bodies: BTreeSet<_> = answers.iter().map(Response::text).collect();
        assert_eq!((bodies.len(), upstream.count()), (1, number + 1), "{path}: {bodies:?}");
        assert_eq!(answers.iter().filter(|answer| status(answer) == Some("MISS")).count(), 1, "{path}");
        assert_eq!(answers.iter().filter(|answer| status(answer) == Some("HIT")).count(), VIEWERS - 1, "{path}");
    }
}

#[test]
fn query_tenant_credential_and_prefix_are_in_the_cache_key() {
    let upstream = counting("");
    let settings = "set $utkik_tenant $http_x_tenant; set $utkik_authorization $http_x_credential; \
                    set $utkik_prometheus_prefix $http_x_prefix;";
    let nginx = Nginx::start(upstream.port, settings);
    let other = OLD.replace("query=up", "query=down");
    let mut answers = BTreeSet::new();
    let mut count = 0;
    for path in [OLD, &other, INSTANT, RULES] {
        for (tenant, credential, prefix) in [
            ("", "", ""),
            ("a", "", ""),
            ("", "a", ""),
            ("", "", "/a"),
            ("ab", "c", ""),
            ("a", "bc", ""),
            ("abc", "", ""),
            ("", "abc", ""),
            ("a b", "c", ""),
            ("a", "b c", ""),
            ("a\\nb", "c", ""),
            ("a", "b\\nc", ""),
            ("a|b", "c", "/a"),
        ] {
            let headers = [("X-Tenant", tenant), ("X-Credential", credential), ("X-Prefix", prefix)];
            early_in_a_slot();
            let first = request(nginx.port, "GET", path, &headers, "");
            count += 1;
            let asked = upstream.requests().pop().unwrap();
            assert_eq!((first.status, status(&first), upstream.count()), (200, Some("MISS"), count), "{path} {headers:?}");
            assert!(answers.insert(first.text()), "{path} {headers:?}");
            assert!(asked.starts_with(&format!("GET {}", path.replace("/prometheus", prefix))), "{asked}");
            for (name, value) in [("X-Scope-OrgID", tenant), ("Authorization", credential)] {
                let sent = asked.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
                assert_eq!(sent, Some(value).filter(|value| !value.is_empty()), "{asked}");
            }
            let second = request(nginx.port, "GET", path, &headers, "");
            assert_eq!((status(&second), second.text(), upstream.count()), (Some("HIT"), first.text(), count), "{path} {headers:?}");
        }
    }
}

#[test]
fn only_what_is_in_the_cache_key_reaches_prometheus() {
    let upstream = counting("");
    let nginx = Nginx::start(upstream.port, "");
    let headers = [
        ("Accept-Encoding", "gzip"),
        ("Authorization", "Basic dTpw"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Cookie", "session=1"),
        ("Range", "bytes=0-1"),
        ("Cache-Control", "no-cache"),
        ("Pragma", "no-cache"),
    ];
    for path in [OLD, INSTANT, RULES] {
        let answer = request(nginx.port, "GET", path, &headers, "query=other");
        assert_eq!((answer.status, status(&answer)), (200, Some("MISS")), "{path}");
        let asked = path.replace("/prometheus", "");
        assert_eq!(upstream.requests().pop().unwrap(), format!("GET {asked} HTTP/1.1\r\nHost: utkik_prometheus\r\n\r\n"));
    }
    // No viewer can force a new answer for all.
    assert_eq!(status(&request(nginx.port, "GET", OLD, &headers, "")), Some("HIT"));
}

#[test]
fn an_answer_with_the_longest_url_is_cached() {
    let upstream = counting("");
    let nginx = Nginx::start(upstream.port, "set $utkik_authorization $http_x_credential;");
    let path = OLD.replace("query=up", &format!("query={}", "a".repeat(7_000)));
    let credential = "b".repeat(4_000);
    let ask = || request(nginx.port, "GET", &path, &[("X-Credential", &credential)], "");
    assert_eq!((status(&ask()), status(&ask()), upstream.count()), (Some("MISS"), Some("HIT"), 1));
}

#[test]
fn post_requests_are_never_cached() {
    let upstream = counting("");
    let nginx = Nginx::start(upstream.port, "");
    let form = OLD.split_once('?').unwrap().1;
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    for path in [OLD.split_once('?').unwrap().0, OLD, INSTANT] {
        for _ in 0..2 {
            let answer = request(nginx.port, "POST", path, &kind, form);
            assert_eq!((answer.status, status(&answer)), (200, None), "{path}");
            let asked = upstream.requests().pop().unwrap();
            assert!(asked.starts_with("POST ") && asked.contains(kind[0].1) && asked.ends_with(form), "{asked}");
        }
    }
    assert_eq!(upstream.count(), 6);
    assert!(nginx.kept().is_empty());
    // Nor does POST get what was cached for GET.
    assert_eq!(status(&get(nginx.port, OLD)), Some("MISS"));
    assert_eq!(status(&request(nginx.port, "POST", OLD, &kind, form)), None);
    assert_eq!(upstream.count(), 8);
}

#[test]
fn errors_are_never_cached() {
    let statuses = ["400 Bad Request", "401 Unauthorized", "404 Not Found", "422 Unprocessable Entity", "429 Too Many Requests"];
    let broken =
        ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout", "301 Moved Permanently"];
    for line in statuses.into_iter().chain(broken) {
        let upstream = Recorder::start(move |_| {
            let answer = success("Location: /\r\nCache-Control: max-age=60\r\nX-Accel-Expires: 60\r\n", "<html>");
            answer.replace("200 OK", line).replace("application/json", "text/html")
        });
        let nginx = Nginx::start(upstream.port, "");
        for (asked, path) in [OLD, OLD, INSTANT, INSTANT, RULES, RULES].into_iter().enumerate() {
            let answer = get(nginx.port, path);
            assert!(line.starts_with(&answer.status.to_string()) && answer.text() == "<html>", "{path}: {answer:?}");
            assert_eq!((status(&answer), upstream.count()), (Some("MISS"), asked + 1), "{line} {path}");
        }
        assert!(nginx.kept().is_empty(), "{line}");
    }
}

#[test]
fn caching_headers_of_prometheus_are_ignored() {
    let upstream = counting(
        "Cache-Control: no-store, private, max-age=86400, stale-while-revalidate=86400, stale-if-error=86400\r\n\
         Expires: Thu, 01 Jan 2099 00:00:00 GMT\r\nPragma: no-cache\r\nSet-Cookie: a=b\r\nVary: *\r\nX-Accel-Expires: 86400\r\n\
         X-Accel-Redirect: /utkik/\r\nX-Accel-Buffering: no\r\nX-Accel-Limit-Rate: 1\r\nX-Cache-Status: HIT\r\n",
    );
    let nginx = Nginx::start(upstream.port, "");
    for (path, asked) in [(OLD, 1), (INSTANT, 2), (RULES, 3)] {
        early_in_a_slot();
        for expected in ["MISS", "HIT"] {
            let answer = get(nginx.port, path);
            assert_eq!((answer.status, status(&answer), upstream.count()), (200, Some(expected), asked), "{path}");
            assert_eq!(answer.header("Cache-Control"), Some("no-store"));
            for name in ["Set-Cookie", "Vary", "Expires", "X-Accel-Expires", "X-Accel-Redirect"] {
                assert_eq!(answer.header(name), None, "{path}");
            }
        }
    }
    let seconds: BTreeSet<_> = nginx.kept().into_values().collect();
    assert_eq!(seconds, BTreeSet::from([5, 30, 600]));
}

#[test]
fn incomplete_answers_are_not_cached() {
    for (name, head, body) in [
        ("shorter than it says", "Content-Length: 100\r\n", "{\"data\":["),
        ("without its last chunk", "Transfer-Encoding: chunked\r\n", "9\r\n{\"data\":[\r\n"),
        ("in the middle of a chunk", "Transfer-Encoding: chunked\r\n", "99\r\n{\"data\":["),
        ("ended by nothing but the connection", "", "{\"data\":["),
    ] {
        let upstream =
            Recorder::start(move |_| format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n{head}\r\n{body}"));
        let nginx = Nginx::start(upstream.port, "");
        for (asked, path) in [OLD, OLD, INSTANT, INSTANT, RULES, RULES].into_iter().enumerate() {
            let _ = crate::http::exchange(nginx.port, "GET", path, &[], "");
            assert_eq!(upstream.count(), asked + 1, "{name}: {path}");
        }
        assert!(nginx.kept().is_empty(), "{name}");
    }
}

#[test]
fn a_range_up_to_now_is_requested_again_after_its_lifetime() {
    let upstream = counting("");
    let nginx = Nginx::start(upstream.port, "");
    let heads = [head(1), head(5)];
    let started = Instant::now();
    let first = heads.each_ref().map(|head| get(nginx.port, head));
    assert_eq!(first.each_ref().map(status), [Some("MISS"); 2]);
    for (class, head, first) in [(1, &heads[0], &first[0]), (5, &heads[1], &first[1])] {
        // Nginx counts whole seconds, and an answer is valid to the end of the last one.
        thread::sleep(Duration::from_secs(class + 1).saturating_sub(started.elapsed()));
        let second = get(nginx.port, head);
        assert_eq!(status(&second), Some("EXPIRED"), "{head}");
        assert_ne!(first.text(), second.text());
    }
    assert_eq!(upstream.count(), 4);
}

#[test]
fn without_prometheus_ranges_and_instants_are_served_stale_and_lists_are_not() {
    // Long lifetimes are shorter here.
    let shipped = shipped("server.conf");
    let hasty = shipped.replace("200 30s", "200 1s").replace("200 10m", "200 1s");
    assert_eq!(shipped.len() - hasty.len(), 2);
    let prometheus = Prometheus::start("");
    let nginx = Nginx::start_with(prometheus.port, "", &hasty);
    let head = head(1);
    let named = [OLD, &head, INSTANT];
    let lists = [RULES, "/prometheus/api/v1/alerts", "/prometheus/api/v1/targets?state=active", "/prometheus/api/v1/labels"];
    let before: Vec<_> = named.iter().map(|path| get(nginx.port, path)).collect();
    for path in lists {
        assert_eq!(get(nginx.port, path).status, 200, "{path}");
    }
    drop(prometheus);
    thread::sleep(Duration::from_secs(2));
    next_slot();
    for (path, before) in named.iter().zip(&before) {
        let late = get(nginx.port, path);
        assert_eq!((late.status, status(&late), late.text()), (200, Some("STALE"), before.text()), "{path}");
        assert_eq!(late.header("Date"), before.header("Date"), "{path}: the app computes the age from it");
    }
    for path in lists {
        let answer = get(nginx.port, path);
        assert_eq!((answer.status, status(&answer)), (502, Some("MISS")), "{path}");
        assert_eq!(answer.json()["errorType"], "unavailable", "{path}");
    }
}

#[test]
fn old_answers_are_served_on_server_errors_and_timeouts() {
    let lines =
        ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout", "hung", "422 Unprocessable"];
    let impatient = shipped("server.conf").replace("proxy_read_timeout    30s;", "proxy_read_timeout 1s;");
    let head = head(1);
    let servers = lines.map(|line| {
        let count = AtomicUsize::new(0);
        let upstream = Recorder::start(move |_| {
            let answer = success("", "{}");
            if count.fetch_add(1, Ordering::Relaxed) == 0 {
                return answer;
            }
            if line == "hung" {
                thread::sleep(Duration::from_secs(5));
            }
            answer.replace("200 OK", line)
        });
        let nginx = Nginx::start_with(upstream.port, "", &impatient);
        assert_eq!(status(&get(nginx.port, &head)), Some("MISS"));
        nginx
    });
    thread::sleep(Duration::from_secs(2));
    for (line, nginx) in lines.into_iter().zip(&servers) {
        let late = get(nginx.port, &head);
        // An error of the query itself is passed on.
        let expected = if line.starts_with("422") { (422, Some("EXPIRED")) } else { (200, Some("STALE")) };
        assert_eq!((late.status, status(&late)), expected, "{line}");
    }
}
