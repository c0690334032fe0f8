//! Nginx with the same files that users include, its exporter, and a small site that receives the generated traffic.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::packages;
use super::prometheus::PREFIX;
use super::scratch::{copy_tree, set_owner_tree};
use super::service::{Ready, Service};
use super::site::{NOBODY, Site};
use crate::paths;
use crate::process::{self, Launch};

/// The path of the module in Debian's packages.
const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
/// The pages that may embed the app in an iframe: also pages on other ports of this machine, for tests and experiments.
const FRAME_ANCESTORS: &str = "'self' http://localhost:* http://127.0.0.1:*";

/// The server and its exporter.
pub struct Nginx {
    /// The server.
    pub server: Service,
    /// The exporter.
    pub exporter: Service,
}

impl Nginx {
    /// Prepares both: Nginx on `port` serves a copy of `app` and the Prometheus that listens on `prometheus`.
    pub fn new(site: &mut Site, port: u16, prometheus: u16, app: Option<&Path>) -> Result<Self> {
        let program = process::require(&["nginx"], "nginx")?;
        let version = packages::version_by(&program, "-v")?;
        let prefix = site.scratch.path("nginx");
        // Copies: Nginx runs as a user who may not read the checkout, and a rebuild must not disturb a test.
        copy_tree(&paths::repository().join("deploy/nginx"), &prefix.join("deploy"))?;
        if let Some(app) = app {
            copy_tree(app, &prefix.join("app"))?;
        }
        fs::write(prefix.join("nginx.conf"), config(&prefix, port, prometheus))?;
        set_owner_tree(&prefix, NOBODY)?;
        let launch =
            Launch::new(program).arg("-p").arg(&prefix).args(["-e", "stderr", "-c", "nginx.conf", "-g", "daemon off;"]).user(NOBODY);
        let ready = Ready::Http(format!("http://127.0.0.1:{port}/stub_status"));
        let server = Service::new("nginx", "Nginx", port, launch, ready, site.scratch.log("nginx")).version(version);
        Ok(Self { server, exporter: exporter(site, port)? })
    }
}

fn exporter(site: &mut Site, server: u16) -> Result<Service> {
    let program = process::require(&["prometheus-nginx-exporter", "nginx-prometheus-exporter"], "prometheus-nginx-exporter")?;
    let version = packages::version(&program)?;
    let port = site.ports.free()?;
    let launch = Launch::new(program)
        .option("--web.listen-address", format!("127.0.0.1:{port}"))
        .option("--nginx.scrape-uri", format!("http://127.0.0.1:{server}/stub_status"))
        .user(NOBODY);
    let ready = Ready::Http(format!("http://127.0.0.1:{port}/metrics"));
    let log = site.scratch.log("nginx-exporter");
    let service = Service::new("nginx-exporter", "nginx exporter", port, launch, ready, log);
    Ok(service.version(version).url(format!("http://127.0.0.1:{port}/metrics")))
}

/// Adds the URL of Prometheus' own pages to `config.json`, as a user does who includes `prometheus-pages.conf`.
pub fn link_prometheus_pages(site: &Site) -> Result<()> {
    let path = site.scratch.path("nginx/app/config.json");
    let Ok(text) = fs::read_to_string(&path) else { return Ok(()) };
    let mut config: Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
    let url = format!("..{PREFIX}/");
    match config.pointer_mut("/sources/0").and_then(Value::as_object_mut) {
        Some(source) => {
            source.insert("ui".into(), json!(url));
        }
        None => config["sources"] = json!([{"name": "Prometheus", "url": url, "ui": url}]),
    }
    fs::write(&path, serde_json::to_string_pretty(&config)?)?;
    for compressed in ["gz", "br"].map(|extension| path.with_added_extension(extension)) {
        // The compressed copies are out of date.
        let _: Result<(), _> = fs::remove_file(compressed);
    }
    Ok(())
}

fn config(prefix: &Path, port: u16, prometheus: u16) -> String {
    let brotli = Path::new(BROTLI_MODULE).exists();
    let load_module = if brotli { format!("load_module {BROTLI_MODULE};\n") } else { String::new() };
    let brotli_static = if brotli { "brotli_static on;" } else { "" };
    let prefix = prefix.display();
    format!(
        r#"{load_module}worker_processes 2;
pid {prefix}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {prefix}/client_body;
    proxy_temp_path {prefix}/proxy;
    fastcgi_temp_path {prefix}/fastcgi;
    uwsgi_temp_path {prefix}/uwsgi;
    scgi_temp_path {prefix}/scgi;

    upstream utkik_prometheus {{ server 127.0.0.1:{prometheus}; keepalive 16; }}
    proxy_cache_path {prefix}/answers keys_zone=utkik_answers:4m max_size=64m min_free=256m inactive=15m use_temp_path=off;
    include {prefix}/deploy/http.conf;

    server {{
        listen 127.0.0.1:{port};
        server_name localhost;

        set $utkik_root {prefix}/app;
        set $utkik_frame_ancestors "{FRAME_ANCESTORS}";
        set $utkik_prometheus_prefix {PREFIX};
        {brotli_static}
        include {prefix}/deploy/server.conf;
        include {prefix}/deploy/prometheus-pages.conf;

        location = /stub_status {{
            stub_status;
            allow 127.0.0.1;
            deny all;
        }}
        location / {{
            default_type text/html;
            return 200 "<!doctype html><title>microblog</title><p>Nothing new.\n";
        }}
    }}
}}
"#
    )
}

/// The configuration of a stack's Nginx, for tests that change it and send SIGHUP.
pub fn config_path(site: &Site) -> PathBuf {
    site.scratch.path("nginx/nginx.conf")
}
