//! The dashboards of `public/dashboards/`, and the expressions in them.

use std::fs;
use std::path::{Path, PathBuf};

use model::dashboard::{Asks, Dashboard, Panel};
use serde_json::Value;

/// A dashboard file.
pub struct Shipped {
    /// The file's name without `.json`.
    pub id: String,
    /// The file as it is written.
    pub json: Value,
    /// The file as the app reads it.
    pub dashboard: Dashboard,
}

/// How the app asks an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// For a panel, as a range query.
    Range,
    /// For a panel, as an instant query.
    Instant,
    /// For the overview, as an instant query without variables.
    Overview,
}

/// An expression of a dashboard.
pub struct Expression<'a> {
    /// Its place in the dashboard, for messages.
    pub place: String,
    /// PromQL with variables and macros.
    pub template: &'a str,
    /// The minimum step.
    pub interval: Option<&'a str>,
    /// How it is asked.
    pub asked: Asked,
}

/// All dashboards, by name.
pub fn all() -> Vec<Shipped> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/dashboards");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    assert!(!paths.is_empty(), "no dashboards in {}", folder.display());
    paths.iter().map(|path| Shipped::read(path)).collect()
}

/// The dashboards that are about a service: all but the gallery, whose expressions read no metric and have gaps on purpose.
pub fn of_services() -> Vec<Shipped> {
    let mut shipped = all();
    shipped.retain(|shipped| shipped.id != "gallery");
    shipped
}

impl Shipped {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{id}: {error}"));
        let dashboard = Dashboard::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{id}: {error}"));
        Self { id, json, dashboard }
    }

    /// Every expression, in the order of the file.
    pub fn expressions(&self) -> Vec<Expression<'_>> {
        let mut found = Vec::new();
        if let Some(service) = &self.dashboard.service {
            let stats = service.stats.iter().map(|stat| ("stat", stat.expr.as_str()));
            for (name, template) in [("health", service.health.as_str())].into_iter().chain(stats) {
                let place = format!("{}: service, {name}", self.id);
                found.push(Expression { place, template, interval: None, asked: Asked::Overview });
            }
        }
        for panel in &self.dashboard.panels {
            for (index, target) in panel.targets.iter().enumerate() {
                found.push(Expression {
                    place: format!("{}: panel {}, query {}", self.id, panel.id, index + 1),
                    template: &target.expr,
                    interval: target.interval.as_deref(),
                    asked: asked(panel),
                });
            }
        }
        found
    }
}

fn asked(panel: &Panel) -> Asked {
    if panel.kind.asks() == Asks::Range { Asked::Range } else { Asked::Instant }
}
