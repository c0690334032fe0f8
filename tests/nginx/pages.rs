//! Prometheus' own pages, for those who include `prometheus-pages.conf`.

use crate::http::{get, request};
use crate::site::{Nginx, Prometheus, shipped};

const SETTINGS: &str = "set $utkik_prometheus_prefix /prometheus;";

/// The shipped `server.conf` followed by the shipped pages after `edit`.
fn with_pages(edit: impl Fn(String) -> String) -> String {
    shipped("server.conf") + &edit(shipped("prometheus-pages.conf"))
}

#[test]
fn the_pages_and_their_files_are_served_to_this_machine() {
    let mut prometheus = Prometheus::start("/prometheus");
    let nginx = Nginx::start_with(prometheus.port, SETTINGS, &with_pages(|pages| pages));
    // Prometheus 2 and 3, with Debian's old pages or the new ones, redirect to different paths: follow.
    let mut path = "/prometheus/".to_owned();
    let page = loop {
        let answer = get(nginx.port, &path);
        match answer.header("Location") {
            Some(location) => {
                assert!(location.starts_with("/prometheus/"), "{path} leads away to {location}");
                path = location.to_owned();
            }
            None => break answer,
        }
    };
    if get(prometheus.port, &path).status == 404 {
        println!("skipped: this Prometheus was built without pages, as Debian's Prometheus 3 is");
        return;
    }
    assert_eq!(page.status, 200, "{path}");
    assert_eq!(page.header("Content-Security-Policy"), Some("frame-ancestors 'none'"));
    assert_eq!(request(nginx.port, "POST", &path, &[], "").status, 405);
    let text = page.text();
    let files: Vec<_> = ["src=\"", "href=\""].iter().flat_map(|mark| text.split(mark).skip(1)).collect();
    let files = files.iter().filter_map(|rest| rest.split('"').next());
    let files: Vec<_> = files.filter(|file| file.contains(".js") || file.contains(".css")).collect();
    assert!(!files.is_empty(), "{text}");
    for file in files {
        let file = file.replace("./", "/prometheus/");
        assert_eq!(get(nginx.port, &file).status, 200, "{file}");
    }
    for path in ["config", "flags", "status", "classic/config", "classic/flags", "-/quit", "api/v1/status/config", "metrics"] {
        for method in ["GET", "PUT"] {
            assert_eq!(request(nginx.port, method, &format!("/prometheus/{path}"), &[], "").status, 404, "{path}");
        }
    }
    assert!(prometheus.is_running());
}

#[test]
fn other_machines_need_the_password() {
    let prometheus = Prometheus::start("/prometheus");
    let nobody = |pages: String| pages.replace("    allow 127.0.0.1;\n", "");
    let closed = Nginx::start_with(prometheus.port, SETTINGS, &with_pages(nobody));
    assert_eq!(get(closed.port, "/prometheus/alerts").status, 403);
    assert_eq!(get(closed.port, "/prometheus/api/v1/alerts").status, 200);

    // Uncommented as the file describes, with the test's own file of users.
    let password = |pages: String| nobody(pages).replace("# auth_basic", "auth_basic").replace("/etc/nginx/utkik/users", "users");
    let guarded = Nginx::start_with(prometheus.port, SETTINGS, &with_pages(password));
    guarded.scratch.write("users", "u:{PLAIN}p\n");
    assert_eq!(get(guarded.port, "/prometheus/graph").status, 401);
    let answer = request(guarded.port, "GET", "/prometheus/graph", &[("Authorization", "Basic dTpw")], "");
    assert!(matches!(answer.status, 200 | 301 | 302), "{}", answer.status);
}
