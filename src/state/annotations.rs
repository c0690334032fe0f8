//! Annotations: intervals that are marked on all time axes of a dashboard. They are queried like the series of a panel.

use super::App;
use super::panel_query::{Looked, PanelQuery, ask_panel};
use super::source::Reply;
use super::variables::VariableState;
use leptos::prelude::*;
use model::color::Color;
use model::dashboard::{Annotation, Panel, Target};
use model::series::Grid;
use model::time::Millis;
use std::sync::Arc;

/// The maximum number of intervals: more would cover the whole chart.
const MAX_INTERVALS: usize = 200;
/// The maximum length of a title, in characters. Longer ones are cut.
const MAX_TITLE: usize = 200;

/// One interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    /// Its title. Made from labels: untrusted text.
    pub title: String,
    /// Its colour.
    pub color: Color,
    /// When it began, ms.
    pub start: Millis,
    /// When it ended, ms.
    pub end: Millis,
}

/// The annotations of a dashboard.
#[derive(Clone)]
pub struct Annotations {
    about: Arc<[Annotation]>,
    query: Option<PanelQuery>,
}

impl Annotations {
    /// Queries all `annotations` of a dashboard with these variables.
    pub fn ask(app: App, annotations: &[Annotation], variables: &[VariableState]) -> Self {
        let target = |annotation: &Annotation| Target {
            expr: annotation.expr.clone(),
            legend_format: annotation.title_format.clone(),
            ..Target::default()
        };
        let query = (!annotations.is_empty()).then(|| {
            let targets = annotations.iter().map(target).collect();
            let panel = Panel { targets, ..Panel::default() };
            let looked = Looked { seen: RwSignal::new(Some(true)), all_series: RwSignal::new(true) };
            ask_panel(app, &Arc::new(panel), variables.to_vec(), looked)
        });
        Self { about: annotations.into(), query }
    }

    /// All intervals received so far.
    pub fn all(&self, app: App) -> Vec<Annotated> {
        let mut all = Vec::new();
        let loaded = self.query.and_then(|query| query.last());
        let replies = loaded.iter().flat_map(|loaded| &loaded.data.replies);
        for (annotation, reply) in self.about.iter().zip(replies) {
            let Reply::Range(frame) = reply else { continue };
            for series in &frame.series {
                let title: String = series.labels.legend(annotation.title_format.get(app.language())).chars().take(MAX_TITLE).collect();
                let held = intervals(frame.grid, &series.values).into_iter().take(MAX_INTERVALS.saturating_sub(all.len()));
                all.extend(held.map(|(start, end)| Annotated { title: title.clone(), color: annotation.color, start, end }));
            }
        }
        all
    }
}

/// The intervals in which a series has a value other than zero. A value holds until the next instant.
fn intervals(grid: Grid, values: &[f64]) -> Vec<(Millis, Millis)> {
    let mut found: Vec<(Millis, Millis)> = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let (start, holds) = (grid.time(index), *value != 0.0 && !value.is_nan());
        match found.last_mut() {
            Some((_, end)) if holds && *end == start => *end += grid.step,
            _ if holds => found.push((start, start + grid.step)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::series::GAP;

    #[test]
    fn an_interval_lasts_while_the_value_is_not_zero() {
        let grid = Grid { start: 1_000, step: 10, len: 8 };
        let values = [1.0, 1.0, GAP, 0.0, 1.0, f64::NAN, 2.0, 2.0];
        assert_eq!(intervals(grid, &values), [(1_000, 1_020), (1_040, 1_050), (1_060, 1_080)]);
    }
}
