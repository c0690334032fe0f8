//! The whole stack: its components, the order in which they start, and how they stop.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::containers::Containers;
use super::docker::Engine;
use super::load::Load;
use super::mariadb::MariaDb;
use super::nginx::{self, Nginx};
use super::ports::Reserved;
use super::prometheus::{self, PREFIX};
use super::service::Service;
use super::site::{Site, Target};
use super::{alertmanager, cadvisor, http, interrupt, node};

/// What differs between `demo` and `stack`.
#[derive(Debug)]
pub struct Plan {
    /// The folder of the app, if Nginx serves it.
    pub app: Option<PathBuf>,
    /// The port of Nginx; any free one if not given.
    pub port: Option<Reserved>,
    /// How often Prometheus scrapes and evaluates its rules.
    pub scrape_interval: Duration,
    /// Whether to use a Docker engine that already runs.
    pub any_engine: bool,
}

/// A component that could not be started, and why.
#[derive(Debug)]
pub struct Missing {
    /// Its name in the table.
    pub title: &'static str,
    /// The reason, for the user.
    pub reason: String,
}

/// A running stack. On drop, everything that it started is stopped and removed, and nothing else.
#[derive(Debug)]
pub struct Stack {
    // In the order of the stop: each is stopped before what it uses.
    load: Load,
    containers: Option<Containers>,
    services: Vec<Service>,
    /// What could not be started.
    pub missing: Vec<Missing>,
    targets: Vec<Target>,
    nginx_port: u16,
    prometheus_port: u16,
    alertmanager: Option<u16>,
    engine: Option<Engine>,
    mysql_socket: Option<PathBuf>,
    site: Site,
}

impl Stack {
    /// Starts all components that can run here; only Nginx and Prometheus are required.
    pub fn start(plan: Plan) -> Result<Self> {
        let mut site = Site::new(plan.scrape_interval)?;
        let nginx_port = plan.port.as_ref().map_or_else(|| site.ports.free(), |reserved| Ok(reserved.port))?;
        let prometheus_port = site.ports.free()?;
        let prometheus = prometheus::service(&site, prometheus_port, &format!("http://127.0.0.1:{nginx_port}"))?;
        let mut stack = Self {
            load: Load::default(),
            containers: None,
            services: Vec::new(),
            missing: Vec::new(),
            targets: vec![Target::new("prometheus", "monitor", prometheus_port)],
            nginx_port,
            prometheus_port,
            alertmanager: None,
            engine: None,
            mysql_socket: None,
            site,
        };
        // The slow ones are started first, so that they get ready while the others are prepared.
        stack.spawn_engine(plan.any_engine);
        let mysqld_exporter = stack.spawn_mariadb();
        stack.start_nodes();
        let alertmanager = alertmanager::service(&mut stack.site);
        stack.alertmanager = stack.start_exporter(alertmanager, "Alertmanager", "alertmanager", "monitor");
        let Nginx { server, exporter } = Nginx::new(&mut stack.site, nginx_port, prometheus_port, plan.app.as_deref())?;
        if let Some(reserved) = plan.port {
            reserved.release();
        }
        stack.start_required(server)?;
        stack.start_exporter(Ok(exporter), "nginx exporter", "nginx", "app");
        stack.finish_mariadb(mysqld_exporter);
        stack.start_containers();
        stack.configure_prometheus(plan.scrape_interval)?;
        stack.start_required(prometheus)?;
        if stack.has_prometheus_pages() {
            nginx::link_prometheus_pages(&stack.site)?;
        }
        stack.load.visit(nginx_port);
        Ok(stack)
    }

    /// Restarts Prometheus with another interval between scrapes.
    pub fn scrape_every(&mut self, interval: Duration) -> Result<()> {
        self.configure_prometheus(interval)?;
        let prometheus = self.service("prometheus")?;
        prometheus.stop();
        prometheus.start()
    }

    /// Writes the configuration of Prometheus, which reads it at its next start.
    fn configure_prometheus(&self, scrape_interval: Duration) -> Result<()> {
        prometheus::configure(&self.site, scrape_interval, &self.targets, self.alertmanager)
    }

    fn start_required(&mut self, mut service: Service) -> Result<()> {
        service.start()?;
        self.services.push(service);
        Ok(())
    }

    /// Starts an exporter and adds it to the scrape targets. Returns its port if it runs.
    fn start_exporter(&mut self, service: Result<Service>, title: &'static str, job: &'static str, instance: &'static str) -> Option<u16> {
        let started = service.and_then(|mut service| service.start().map(|()| service));
        let service = self.note(title, started)?;
        let port = service.port;
        self.targets.push(Target::new(job, instance, port));
        self.services.push(service);
        Some(port)
    }

    fn start_nodes(&mut self) {
        let services = node::services(&mut self.site);
        for (instance, service) in self.note("node_exporter", services).unwrap_or_default() {
            let title = service.title;
            self.start_exporter(Ok(service), title, "node", instance);
        }
    }

    fn spawn_engine(&mut self, any: bool) {
        if any && let Some(engine) = Engine::running(&self.site) {
            self.engine = Some(engine);
            return;
        }
        let engine = Engine::own(&mut self.site).and_then(|(engine, mut service)| service.spawn().map(|()| (engine, service)));
        if let Some((engine, service)) = self.note("Docker engine", engine) {
            self.engine = Some(engine);
            self.services.push(service);
        }
    }

    fn start_containers(&mut self) {
        let Some(engine) = self.engine.clone() else { return };
        if let Some(service) = self.services.iter_mut().find(|service| service.name == "docker")
            && let Err(error) = service.wait_ready()
        {
            service.stop();
            self.note::<()>("Docker engine", Err(error));
            self.engine = None;
            return;
        }
        let containers = Containers::start(&self.site, engine.clone());
        self.containers = self.note("containers", containers);
        let cadvisor = cadvisor::service(&mut self.site, &engine);
        self.start_exporter(cadvisor, "cAdvisor", "docker", "app");
    }

    fn spawn_mariadb(&mut self) -> Option<Service> {
        let mariadb = MariaDb::new(&mut self.site).and_then(|mut mariadb| mariadb.server.spawn().map(|()| mariadb));
        let MariaDb { server, exporter, socket } = self.note("MariaDB", mariadb)?;
        self.services.push(server);
        self.mysql_socket = Some(socket);
        Some(exporter)
    }

    fn finish_mariadb(&mut self, exporter: Option<Service>) {
        let (Some(exporter), Ok(server)) = (exporter, self.service("mariadb")) else { return };
        let ready = server.wait_ready();
        if self.note("MariaDB", ready).is_some()
            && let Some(socket) = self.mysql_socket.clone()
        {
            self.load.query(&socket);
        }
        self.start_exporter(Ok(exporter), "mysqld_exporter", "mysql", "db");
    }

    /// Unwraps a result; keeps the reason of a failure in `missing`.
    fn note<T>(&mut self, title: &'static str, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.missing.push(Missing { title, reason: format!("{error:#}") })).ok()
    }

    /// Waits until each target was scraped `samples` times at this interval.
    pub fn wait_scraped(&self, samples: u64, interval: Duration) -> Result<()> {
        let window = interval.as_secs() * (samples + 8);
        let api = self.api();
        // Waits as long as the samples need, and a minute for a machine that is busy.
        let limit = interval * u32::try_from(samples)? + Duration::from_secs(60);
        let enough = format!("count(count_over_time(up[{window}s]) >= {samples} and up == 1)");
        let expected = self.targets.len();
        let count = || Ok(http::scalar(&api, &enough)?.unwrap_or_default());
        let scraped = interrupt::wait_until(limit, || count().map(|count: f64| count.round() == expected as f64))?;
        if !scraped {
            let down = http::query(&api, "up == 0")?;
            let names: Vec<&Value> = down.iter().filter_map(|sample| sample.pointer("/metric/job")).collect();
            bail!("only {} of {expected} targets were scraped {samples} times; down: {names:?}", count()?);
        }
        Ok(())
    }

    /// Waits until Prometheus lists all targets as up, for at most one `interval` and ten seconds. Returns whether they are. The metric
    /// `up` cannot be used: after a backfill it is 1 before the first scrape.
    pub fn wait_listed(&self, interval: Duration) -> Result<bool> {
        let url = format!("{}/targets?state=active", self.api());
        interrupt::wait_until(interval + Duration::from_secs(10), || {
            let answer: Value = serde_json::from_str(&http::get(&url)?)?;
            let targets = answer.pointer("/data/activeTargets").and_then(Value::as_array).context("Prometheus lists no targets")?;
            Ok(targets.len() == self.targets.len() && targets.iter().all(|target| target["health"] == "up"))
        })
    }

    /// A service by the name that tests use.
    pub fn service(&mut self, name: &str) -> Result<&mut Service> {
        let names: Vec<&str> = self.services.iter().map(|service| service.name).collect();
        let names = names.join(", ");
        let service = self.services.iter_mut().find(|service| service.name == name);
        service.with_context(|| format!("there is no service `{name}`, only {names}"))
    }

    /// All services, for the table.
    pub fn services(&mut self) -> &mut [Service] {
        &mut self.services
    }

    /// The containers, if there are any.
    pub fn containers(&self) -> Result<&Containers> {
        self.containers.as_ref().context("no containers run in this stack")
    }

    /// The engine, if it ran before the stack and so is no service of it.
    pub fn foreign_engine(&self) -> Option<&Engine> {
        self.engine.as_ref().filter(|engine| !engine.own)
    }

    /// Whether this build of Prometheus has web pages for Nginx to show: Debian's version 3 has none, its version 2 the classic ones.
    pub fn has_prometheus_pages(&self) -> bool {
        ["query", "classic/graph"].iter().any(|page| http::is_ok(&(self.prometheus_url() + page)))
    }

    /// The root of Nginx, with the slash.
    pub fn nginx_root(&self) -> String {
        format!("http://127.0.0.1:{}/", self.nginx_port)
    }

    /// The app.
    pub fn app_url(&self) -> String {
        self.nginx_root() + "utkik/"
    }

    /// Prometheus as the browser sees it, through Nginx.
    pub fn prometheus_url(&self) -> String {
        self.nginx_root() + "prometheus/"
    }

    /// Prometheus itself, without Nginx.
    pub fn prometheus_direct_url(&self) -> String {
        format!("http://127.0.0.1:{}{PREFIX}/", self.prometheus_port)
    }

    /// The database folder of Prometheus.
    pub fn prometheus_data(&self) -> PathBuf {
        prometheus::data_path(&self.site)
    }

    /// The API of Prometheus itself, without Nginx.
    pub fn api(&self) -> String {
        self.prometheus_direct_url() + "api/v1"
    }

    /// A file of this stack's scratch folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.site.scratch.path(name)
    }

    /// The stack as JSON, for tests.
    pub fn describe(&mut self) -> Value {
        let missing = self.missing.iter().map(|missing| json!({"title": missing.title, "reason": missing.reason}));
        json!({
            "missing": missing.collect::<Vec<_>>(),
            "targets": self.targets.iter().map(|target| json!({"job": target.job, "instance": target.instance, "port": target.port})).collect::<Vec<_>>(),
            "docker_socket": self.engine.as_ref().map(|engine| &engine.socket),
            "mysql_socket": self.mysql_socket,
            "nginx_config": nginx::config_path(&self.site),
            "prometheus_data": self.prometheus_data(),
            "services": self.services.iter_mut().map(Service::describe).collect::<Vec<_>>(),
        })
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        self.load = Load::default();
        // Removing the containers needs their engine; a paused engine would block for ever instead of failing.
        if let Ok(engine) = self.service("docker") {
            let _ = engine.signal(nix::sys::signal::Signal::SIGCONT);
        }
        self.containers = None;
        for service in &self.services {
            service.ask_to_stop();
        }
        for service in &mut self.services {
            service.stop();
        }
    }
}
