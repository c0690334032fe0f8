//! A real Prometheus with a history, which receives samples between queries.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, thread, time::Duration};

use model::series::{Frame, GAP, Grid, is_gap};
use model::time::Millis;
use prometheus::decode::{Http, range};

use crate::http::Connection;
use crate::programs::{Program, Scratch, free_port};
use crate::remote_write::{Samples, body};
use crate::source::history;

/// A running Prometheus. On drop it is stopped and its folder removed.
pub struct Server {
    connection: Connection,
    /// How many range queries it has answered.
    pub requests: u64,
    /// How many samples were in the answers.
    pub samples: u64,
    // Dropped before the folder that it writes to.
    _program: Program,
    _scratch: Scratch,
}

/// Prometheus as installed, and the newer one that `cargo xtask setup` unpacked, where there is one.
pub fn programs() -> Vec<PathBuf> {
    let folder = |variable: &str| env::var_os(variable).map(PathBuf::from);
    let cache = folder("UTKIK_CACHE")
        .or_else(|| Some(folder("XDG_CACHE_HOME")?.join("utkik")))
        .or_else(|| Some(folder("HOME")?.join(".cache/utkik")));
    let newer = cache.map(|cache| cache.join("packages/prometheus-sid/usr/bin/prometheus")).filter(|program| program.exists());
    [Some(PathBuf::from("prometheus")), newer].into_iter().flatten().collect()
}

impl Server {
    /// Starts the installed Prometheus.
    pub fn start() -> Self {
        Self::of(Path::new("prometheus"))
    }

    /// Starts `program` on the history. It scrapes nothing, deletes nothing, and accepts remote write.
    pub fn of(program: &Path) -> Self {
        let scratch = Scratch::new();
        scratch.write("prometheus.yml", "scrape_configs: []\n");
        let port = free_port();
        let mut command = Command::new(program);
        command
            .arg(format!("--config.file={}", scratch.path().join("prometheus.yml").display()))
            .arg(format!("--storage.tsdb.path={}", blocks(&scratch).display()))
            .arg("--storage.tsdb.retention.time=100y")
            .arg("--web.enable-remote-write-receiver")
            .arg(format!("--web.listen-address=127.0.0.1:{port}"));
        let mut program = Program::start(command, &scratch.path().join("prometheus.log"), port);
        let mut connection = Connection::open(port);
        while connection.get("/-/ready").status != 200 {
            assert!(program.is_running(), "Prometheus ended at its start");
            thread::sleep(Duration::from_millis(20));
        }
        Self { connection, requests: 0, samples: 0, _program: program, _scratch: scratch }
    }

    /// The version of Prometheus.
    pub fn version(&mut self) -> String {
        let response = self.connection.get("/api/v1/status/buildinfo");
        let answer: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
        answer["data"]["version"].as_str().unwrap().to_owned()
    }

    /// One range query. Fails with the error of the server.
    pub fn ask(&mut self, expr: &str, grid: Grid) -> Result<Frame, String> {
        let mut path = String::from("/api/v1/query_range?");
        let last = grid.time(grid.len - 1);
        let parameters = [("query", expr), ("start", &seconds(grid.start)), ("end", &seconds(last)), ("step", &seconds(grid.step))];
        path.push_str(&form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish());
        let response = self.connection.get(&path);
        let http = Http { status: response.status, content_type: &response.content_type };
        let answer = range(http, &response.body, grid).map_err(|error| format!("{error:?} to {expr}"))?;
        let values = answer.data.series.iter().flat_map(|series| &series.values);
        self.samples += values.filter(|value| !is_gap(**value)).count() as u64;
        self.requests += 1;
        Ok(answer.data)
    }

    /// The answer of one query over all of `grid`, as far as there can be one at the tick `now`; later points are gaps.
    pub fn whole(&mut self, expr: &str, grid: Grid, now: Millis) -> Result<Frame, String> {
        let len = (now - grid.start).div_euclid(grid.step) + 1;
        let len = usize::try_from(len).unwrap_or(0).min(grid.len);
        if len == 0 {
            return Ok(Frame { grid, series: Vec::new() });
        }
        let mut frame = self.ask(expr, Grid { len, ..grid })?;
        frame.grid = grid;
        for series in &mut frame.series {
            series.values.resize(grid.len, GAP);
        }
        Ok(frame)
    }

    /// Writes new samples to it.
    pub fn write(&mut self, samples: &[Samples]) {
        if samples.is_empty() {
            return;
        }
        let headers =
            [("Content-Encoding", "snappy"), ("Content-Type", "application/x-protobuf"), ("X-Prometheus-Remote-Write-Version", "0.1.0")];
        let response = self.connection.request("POST", "/api/v1/write", &headers, &body(samples));
        assert_eq!(response.status, 204, "{}", String::from_utf8_lossy(&response.body));
    }
}

/// Seconds with as many decimals as there are.
fn seconds(time: Millis) -> String {
    let mut text = (time / 1_000).to_string();
    if time % 1_000 != 0 {
        write!(text, ".{:03}", time % 1_000).unwrap();
    }
    text
}

/// Turns the history into blocks of Prometheus' database, and returns their folder.
fn blocks(scratch: &Scratch) -> PathBuf {
    scratch.write("history.txt", history());
    let data = scratch.path().join("data");
    let output = Command::new("promtool")
        .args(["tsdb", "create-blocks-from", "openmetrics", "--quiet"])
        .args([scratch.path().join("history.txt").as_path(), Path::new(&data)])
        .output()
        .unwrap_or_else(|error| panic!("promtool: {error}: run `cargo xtask setup`"));
    assert!(output.status.success(), "promtool: {}", String::from_utf8_lossy(&output.stderr));
    data
}
