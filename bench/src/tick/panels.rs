//! The expressions of shipped dashboards, with their variables replaced as in the app.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use model::dashboard::{Dashboard, Kind};
use model::time::{Millis, Window, parse_duration};
use model::variable::{ALL, Binding, LabelValues, Variable, interpolate};
use query::{self, RangeQuery};

use crate::source::Source;

/// The dashboards to take panels from: 8 panels in total.
const DASHBOARDS: [&str; 4] = ["instances", "nginx", "mysql", "docker"];
/// The number of time series panels from each dashboard.
const PANELS: usize = 2;

/// The queries of all panels over `window`, one for each expression.
pub fn queries(source: &Source, window: Window, step: Millis, overlap: Millis) -> Result<Vec<RangeQuery>> {
    let intervals = source.scrape_intervals()?;
    let mut queries = Vec::new();
    for id in DASHBOARDS {
        let dashboard = read(id)?;
        let variables = bindings(source, &dashboard.variables, window)?;
        let panels = dashboard.panels.iter().filter(|panel| matches!(panel.kind, Kind::TimeSeries(_))).take(PANELS);
        for target in panels.flat_map(|panel| &panel.targets) {
            let template = interpolate(&target.expr, &variables);
            let scraped = intervals.of_expression(&template, dashboard.job.as_deref());
            let sampled = target.interval.as_deref().and_then(parse_duration).unwrap_or(scraped).max(scraped);
            let expr = interpolate(&template, &query::bindings(window, step, sampled));
            let fixed = query::is_fixed(&expr) && !query::depends_on_range(&template);
            ensure!(fixed, "{id}: {expr} depends on the window and cannot be kept: choose another panel");
            queries.push(RangeQuery { expr, window: query::align(window, step), step, overlap, fixed });
        }
    }
    Ok(queries)
}

fn read(id: &str) -> Result<Dashboard> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../public/dashboards/{id}.json"));
    let text = std::fs::read(&path).with_context(|| format!("cannot read the dashboard {id}"))?;
    Dashboard::parse(&text).with_context(|| format!("the dashboard {id}"))
}

/// The values of the variables if the URL has none.
fn bindings(source: &Source, variables: &[Variable], window: Window) -> Result<Vec<Binding>> {
    let mut bindings = Vec::new();
    for variable in variables {
        let query = variable.query.as_ref().and_then(|query| LabelValues::parse(&interpolate(query, &bindings)));
        let options = match query {
            Some(query) => source.label_values(&query, window)?,
            None => variable.options.clone(),
        };
        let chosen = match &variable.current {
            Some(current) => vec![current.clone()],
            None if variable.include_all => vec![ALL.to_owned()],
            None => options.first().cloned().into_iter().collect(),
        };
        bindings.push(Binding::of(variable, &chosen, &options));
    }
    Ok(bindings)
}
