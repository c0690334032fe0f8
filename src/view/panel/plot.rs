//! The series of a chart: what the canvas draws and what legend, tooltip and summary say.

use super::reading::{field_of, name_of, words};
use crate::chart::{Line, Size, Spec};
use crate::model::calc::Calc;
use crate::model::dashboard::{Field, LineStyle, Panel, Stacking, ThresholdsStyle};
use crate::model::locale::Language;
use crate::model::series::Grid;
use crate::model::time::{Millis, Window};
use crate::state::App;
use crate::state::panel_query::PanelData;
use crate::state::source::Reply;
use std::sync::Arc;

/// One series of a chart.
#[derive(Clone, Debug)]
pub struct Plotted {
    /// What names it.
    pub name: String,
    /// Its slot in the palette.
    pub slot: usize,
    /// A limit rather than a measurement.
    pub dashed: bool,
    stacked: bool,
    /// The instants of its values.
    pub grid: Grid,
    values: Arc<[f64]>,
}

/// The series on screen and the window that they answer.
#[derive(Clone, Debug)]
pub struct Plot {
    /// The window.
    pub window: Window,
    /// The series.
    pub series: Vec<Plotted>,
}

/// How many colours there are for series, as in `style/tokens.css`.
const COLORS: usize = 10;
/// More series than this in the summary for screen readers help nobody.
const SUMMARY_SERIES: usize = 20;

impl Plotted {
    /// Its value at `time`, if there is one.
    pub fn at(&self, time: Millis) -> Option<f64> {
        self.grid.index(time).and_then(|index| self.values.get(index)).copied().filter(|value| !value.is_nan())
    }

    /// One number made of its values.
    pub fn calc(&self, calc: Calc) -> Option<f64> {
        calc.of(&self.values)
    }

    /// Its newest value.
    pub fn last(&self) -> Option<f64> {
        self.finite().last()
    }

    fn finite(&self) -> impl Iterator<Item = f64> {
        self.values.iter().copied().filter(|value| value.is_finite())
    }

    /// The class of the mark in its colour.
    pub fn swatch(&self) -> String {
        format!("swatch series-{}{}", self.slot % COLORS + 1, if self.dashed { " dashed" } else { "" })
    }
}

impl Plot {
    /// The series of a panel's answer.
    pub fn of(panel: &Panel, data: &PanelData, language: Language) -> Self {
        let mut series = Vec::new();
        for (target, reply) in panel.targets.iter().zip(&data.replies) {
            let Reply::Range(frame) = reply else { continue };
            let style = panel.style_of(target);
            for one in &frame.series {
                let name = name_of(target, &one.labels, language);
                let values = one.values.as_slice().into();
                series.push(Plotted {
                    name,
                    slot: series.len(),
                    dashed: style.line_style.is_some_and(|style| style != LineStyle::Solid),
                    stacked: style.stacking.is_some_and(|stacking| stacking != Stacking::None),
                    grid: frame.grid,
                    values,
                });
            }
        }
        Self { window: data.window, series }
    }

    /// What is drawn of it: all series but the hidden ones.
    pub fn spec(&self, panel: &Panel, hidden: &[String], language: Language, size: Size) -> Spec<'_> {
        let field = panel.targets.first().map_or(&panel.field, |target| field_of(panel, target));
        let (min, max) = (field.min, field.max);
        let shown = self.series.iter().filter(|series| !hidden.contains(&series.name));
        let thresholds = field.thresholds.lines(min.unwrap_or(0.0), max.unwrap_or(100.0));
        Spec {
            window: self.window,
            lines: shown.map(|series| series.line()).collect(),
            fill_opacity: panel.style.fill_opacity.unwrap_or_default(),
            min,
            max,
            thresholds: if panel.thresholds_style == ThresholdsStyle::Off { Vec::new() } else { thresholds.collect() },
            unit: field.unit.clone(),
            decimals: field.decimals,
            language,
            size,
        }
    }

    /// The instant with samples that is nearest to `time`.
    pub fn nearest(&self, time: Millis) -> Option<Millis> {
        // Beside the samples the first or the last is meant: the newest is what people point at most.
        let of_grid = |grid: Grid| grid.index(time.clamp(grid.start, grid.time(grid.len.saturating_sub(1)))).map(|index| grid.time(index));
        let instants = self.series.iter().filter_map(|series| of_grid(series.grid));
        instants.min_by_key(|instant| (instant - time).abs())
    }

    /// The chart in words: each series with its last, lowest and highest value.
    pub fn spoken(&self, app: App, field: &Field) -> String {
        let text = app.text();
        let words = |value| words(app, field, value);
        let mut told = String::new();
        for series in self.series.iter().take(SUMMARY_SERIES) {
            let (lowest, highest) = (series.finite().reduce(f64::min), series.finite().reduce(f64::max));
            let parts =
                [&series.name, ": ", text.last, " ", &words(series.last()), ", ", text.min, " ", &words(lowest), ", ", text.max, " "];
            told.extend(parts);
            told.extend([words(highest).as_str(), ". "]);
        }
        told
    }
}

impl Plotted {
    fn line(&self) -> Line<'_> {
        Line { grid: self.grid, values: &self.values, color: self.slot, dashed: self.dashed, stacked: self.stacked && !self.dashed }
    }
}
