//! An Nginx and a Prometheus as a user sets them up: `deploy/nginx` is included unedited.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::http;
use crate::programs::{Program, Scratch, free_port};

/// The path of the Brotli module in Debian's package.
const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// Whether Nginx can serve `.br` files here.
pub fn has_brotli() -> bool {
    Path::new(BROTLI_MODULE).exists()
}

/// The text of a file of `deploy/nginx`.
pub fn shipped(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("deploy/nginx").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A running Nginx; `/` of its own server answers 404.
pub struct Nginx {
    pub port: u16,
    pub scratch: Scratch,
    _program: Program,
}

impl Nginx {
    /// Serves a small app and the Prometheus on `prometheus`; `settings` come above the include in `server{}`.
    pub fn start(prometheus: u16, settings: &str) -> Self {
        Self::start_with(prometheus, settings, &shipped("server.conf"))
    }

    /// The same with another `server.conf`, for tests that would take too long with the shipped one.
    pub fn start_with(prometheus: u16, settings: &str, server_conf: &str) -> Self {
        Self::start_with_both(prometheus, settings, &shipped("http.conf"), server_conf)
    }

    /// The same with another `http.conf` too.
    pub fn start_with_both(prometheus: u16, settings: &str, http_conf: &str, server_conf: &str) -> Self {
        let scratch = Scratch::new();
        write_app(&scratch);
        scratch.write("http.conf", http_conf);
        scratch.write("server.conf", server_conf);
        scratch.write("prometheus-pages.conf", shipped("prometheus-pages.conf"));
        let port = free_port();
        scratch.write("nginx.conf", configuration(scratch.path(), port, prometheus, settings));
        let mut command = Command::new("nginx");
        command.arg("-p").arg(scratch.path()).args(["-e", "stderr", "-c", "nginx.conf"]);
        let program = Program::start(command, &scratch.path().join("nginx.log"), port);
        Self { port, scratch, _program: program }
    }

    /// The content of the cache: the key of each answer, and its lifetime in seconds.
    pub fn kept(&self) -> BTreeMap<String, i64> {
        let files = fs::read_dir(self.scratch.path().join("answers")).unwrap();
        files.map(|file| kept_answer(&fs::read(file.unwrap().path()).unwrap())).collect()
    }
}

/// Reads the header of a file of the cache, `ngx_http_file_cache_header_t` of 64-bit Nginx: its second field is the time at which the
/// answer expires, its sixth the time at which it arrived. The key and the answer follow as text.
fn kept_answer(file: &[u8]) -> (String, i64) {
    let number = |field: usize| i64::from_le_bytes(file[8 * field..8 * (field + 1)].try_into().unwrap());
    let text = String::from_utf8_lossy(file);
    let (key, _) = text.split_once("\nKEY: ").unwrap().1.split_once("\nHTTP/1.").unwrap();
    (key.to_owned(), number(1) - number(5))
}

/// One process, so that it runs as the user of the test and ends when it is killed.
fn configuration(folder: &Path, port: u16, prometheus: u16, settings: &str) -> String {
    let folder = folder.display();
    let module = if has_brotli() { format!("load_module {BROTLI_MODULE};") } else { String::new() };
    format!(
        "{module}
        daemon off;
        master_process off;
        pid {folder}/nginx.pid;
        events {{ worker_connections 1024; }}
        http {{
            access_log off;
            client_body_temp_path {folder}/body;
            proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/fastcgi;
            uwsgi_temp_path {folder}/uwsgi;
            scgi_temp_path {folder}/scgi;

            upstream utkik_prometheus {{ server 127.0.0.1:{prometheus}; keepalive 16; }}
            proxy_cache_path {folder}/answers keys_zone=utkik_answers:1m use_temp_path=off;
            include {folder}/http.conf;
            server {{
                listen 127.0.0.1:{port};
                set $utkik_root {folder}/app;
                {settings}
                include {folder}/server.conf;
                location / {{ return 404; }}
            }}
        }}"
    )
}

/// One file of each type that the build generates; the compressed variants contain a text that identifies them.
fn write_app(scratch: &Scratch) {
    let files = [
        "index.html",
        "boot.js",
        "theme.js",
        "config.json",
        "dashboards/nginx.json",
        "manifest.webmanifest",
        "icon.svg",
        "hands-0123456789abcdef.css",
        "utkik-01234567.js",
        "hands-01234567.wasm",
        "utkik-01234567.wasm",
        "kinds-123456789abcde.css",
    ];
    for file in files {
        scratch.write(&format!("app/{file}"), "plain ".repeat(100));
        scratch.write(&format!("app/{file}.gz"), "gzip");
        scratch.write(&format!("app/{file}.br"), "brotli");
    }
}

/// A running Prometheus that can be stopped and changed over HTTP, so that tests notice a hole in the proxy.
pub struct Prometheus {
    pub port: u16,
    prefix: &'static str,
    program: Program,
    _scratch: Scratch,
}

impl Prometheus {
    /// `prefix` is the path of its external URL: empty, or as `/prometheus`.
    pub fn start(prefix: &'static str) -> Self {
        let scratch = Scratch::new();
        let port = free_port();
        scratch.write(
            "prometheus.yml",
            format!(
                "{{global: {{scrape_interval: 1s}}, scrape_configs: [{{job_name: prometheus, \
                 metrics_path: {prefix}/metrics, static_configs: [{{targets: ['127.0.0.1:{port}']}}]}}]}}"
            ),
        );
        let mut command = Command::new("prometheus");
        command
            .current_dir(scratch.path())
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .arg(format!("--web.external-url={prefix}/"))
            .args(["--config.file=prometheus.yml", "--storage.tsdb.path=data"])
            .args(["--web.enable-lifecycle", "--web.enable-admin-api", "--web.enable-remote-write-receiver"]);
        let program = Program::start(command, &scratch.path().join("prometheus.log"), port);
        let prometheus = Self { port, prefix, program, _scratch: scratch };
        while http::get(port, &prometheus.path("/-/ready")).status != 200 {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        prometheus
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    pub fn is_running(&mut self) -> bool {
        self.program.is_running()
    }

    /// How many requests `handler` has got, as Prometheus itself counts them.
    pub fn asked(&self, handler: &str) -> f64 {
        let metrics = http::get(self.port, &self.path("/metrics")).text();
        let label = format!("handler=\"{handler}\"");
        let counted = metrics.lines().filter(|line| line.starts_with("prometheus_http_requests_total{") && line.contains(&label));
        counted.map(|line| line.rsplit_once(' ').unwrap().1.parse::<f64>().unwrap()).sum()
    }

    /// The handlers that have got requests, as Prometheus itself counts them, without those that the test and the scrape use.
    pub fn used_handlers(&self) -> BTreeSet<String> {
        let metrics = http::get(self.port, &self.path("/metrics")).text();
        let counted = metrics.lines().filter(|line| line.starts_with("prometheus_http_requests_total{"));
        let used = counted.filter(|line| !line.ends_with(" 0"));
        let handlers = used.filter_map(|line| line.split_once("handler=\"")?.1.split('"').next());
        handlers.filter(|handler| !["/-/ready", "/metrics"].contains(handler)).map(str::to_owned).collect()
    }
}
