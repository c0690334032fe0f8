//! The app at `/utkik/`: content types, compressed variants, caching in browsers, and security headers.

use crate::http::{get, request};
use crate::programs::free_port;
use crate::site::{Nginx, has_brotli};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[test]
fn each_file_has_its_type_and_only_hashed_names_are_immutable() {
    let nginx = Nginx::start(free_port(), "");
    for (file, kind, cache) in [
        ("", "text/html", "no-cache"),
        ("?d=nginx&from=now-6h", "text/html", "no-cache"),
        ("index.html", "text/html", "no-cache"),
        ("boot.js", "text/javascript", "no-cache"),
        ("theme.js", "text/javascript", "no-cache"),
        ("config.json", "application/json", "no-cache"),
        ("dashboards/nginx.json", "application/json", "no-cache"),
        ("manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("icon.svg", "image/svg+xml", "no-cache"),
        ("hands-0123456789abcdef.css", "text/css", FOR_EVER),
        ("utkik-01234567.js", "text/javascript", FOR_EVER),
        ("hands-01234567.wasm", "application/wasm", FOR_EVER),
        ("utkik-01234567.wasm", "application/wasm", FOR_EVER),
        ("kinds-123456789abcde.css", "text/css", FOR_EVER),
    ] {
        let answer = get(nginx.port, &format!("/utkik/{file}"));
        assert_eq!(answer.status, 200, "{file}");
        assert_eq!(answer.header("Content-Type"), Some(kind), "{file}");
        assert_eq!(answer.header("Cache-Control"), Some(cache), "{file}");
        let tag = answer.header("ETag").unwrap();
        let again = request(nginx.port, "GET", &format!("/utkik/{file}"), &[("If-None-Match", tag)], "");
        assert_eq!(again.status, 304, "{file}");
        assert_eq!(again.header("Cache-Control"), Some(cache), "{file}");
    }
}

#[test]
fn a_missing_file_is_not_cached_and_nothing_outside_is_served() {
    let nginx = Nginx::start(free_port(), "");
    for path in [
        "/utkik/utkik-ffffffffffffffff.js",
        "/utkik/../nginx.conf",
        "/utkik/%2e%2e/nginx.conf",
        "/utkik../nginx.conf",
        "/utkik/..%2fnginx.conf",
    ] {
        let answer = get(nginx.port, path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("Cache-Control"), None, "{path}");
    }
    assert_eq!(get(nginx.port, "/utkik/dashboards/").status, 403);
    assert_eq!(request(nginx.port, "POST", "/utkik/", &[], "").status, 405);
}

#[test]
fn compressed_variants_are_served_but_not_of_files_that_people_edit() {
    let nginx = Nginx::start(free_port(), "");
    let gzip = |file: &str| request(nginx.port, "GET", &format!("/utkik/{file}"), &[("Accept-Encoding", "gzip")], "");
    for file in ["", "boot.js", "utkik-01234567.wasm"] {
        let answer = gzip(file);
        assert_eq!(answer.header("Content-Encoding"), Some("gzip"), "{file}");
        assert_eq!(answer.header("Vary"), Some("Accept-Encoding"), "{file}");
        assert_eq!(answer.text(), "gzip", "{file}");
    }
    for file in ["config.json", "dashboards/nginx.json"] {
        let answer = gzip(file);
        assert_eq!(answer.header("Content-Encoding"), Some("gzip"), "{file}");
        assert_ne!(answer.text(), "gzip", "{file}");
    }
}

#[test]
fn brotli_is_enabled_by_one_setting() {
    if !has_brotli() {
        println!("skipped: Nginx has no Brotli module here; `cargo xtask setup` installs it");
        return;
    }
    let nginx = Nginx::start(free_port(), "brotli_static on;");
    let path = "/utkik/utkik-01234567.wasm";
    let answer = request(nginx.port, "GET", path, &[("Accept-Encoding", "gzip, deflate, br")], "");
    assert_eq!((answer.header("Content-Encoding"), answer.text().as_str()), (Some("br"), "brotli"));
    assert_eq!(answer.header("Content-Type"), Some("application/wasm"));
    assert_eq!(answer.header("Cache-Control"), Some(FOR_EVER));
}

#[test]
fn every_answer_has_the_security_headers() {
    let nginx = Nginx::start(free_port(), "");
    for path in ["/utkik/", "/utkik/config.json", "/utkik/utkik-01234567.js", "/utkik/missing", "/utkik/dashboards"] {
        let answer = get(nginx.port, path);
        let policy = answer.header("Content-Security-Policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"), "{path}");
        assert!(policy.ends_with("base-uri 'none'; form-action 'none'; frame-ancestors 'self'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains('*'), "{path}: {policy}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("Referrer-Policy"), Some("no-referrer"), "{path}");
        assert!(answer.header("Permissions-Policy").is_some(), "{path}");
    }
}

#[test]
fn frame_ancestors_are_set_by_one_variable() {
    let nginx = Nginx::start(free_port(), r#"set $utkik_frame_ancestors "'self' https://wiki.example";"#);
    let answer = get(nginx.port, "/utkik/?embed=1");
    assert!(answer.header("Content-Security-Policy").unwrap().ends_with("; frame-ancestors 'self' https://wiki.example"));
}

#[test]
fn the_path_without_its_slash_redirects_with_the_query_string() {
    let nginx = Nginx::start(free_port(), "");
    let answer = get(nginx.port, "/utkik?d=nginx&from=now-6h");
    assert_eq!((answer.status, answer.header("Location")), (301, Some("utkik/?d=nginx&from=now-6h")));
}

#[test]
fn the_app_can_be_served_under_another_path() {
    let nginx = Nginx::start(free_port(), "location /status/ { rewrite ^/status/(.*)$ /utkik/$1 last; }");
    assert_eq!(get(nginx.port, "/status/").header("Content-Type"), Some("text/html"));
    let wasm = get(nginx.port, "/status/utkik-01234567.wasm");
    assert_eq!((wasm.status, wasm.header("Cache-Control")), (200, Some(FOR_EVER)));
    assert_eq!(get(nginx.port, "/status/dashboards/nginx.json").status, 200);
}
