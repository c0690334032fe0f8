//! The series of a chart, for the canvas, the legend, the tooltip and the text summary.

use crate::state::App;
use crate::state::panel_query::PanelData;
use crate::state::source::Reply;
use crate::state::theme::SERIES_COLORS;
use crate::view::panel::values::reading::{field_of, name_of, tone, words};
use chart::{Ink, Line, Side, Size, Spec, Style, ValueAxis, distinct};
use model::calc::Calc;
use model::dashboard::{Field, LineStyle, Panel, TimeSeriesOptions};
use model::series::Grid;
use model::time::{Millis, Window};
use std::sync::Arc;
use text::locale::Language;

/// One series of a chart.
#[derive(Clone, Debug)]
pub struct Plotted {
    /// Its name.
    pub name: String,
    /// Its index among the series.
    pub slot: usize,
    /// Its colour.
    pub ink: Ink,
    /// How it is drawn.
    pub style: Style,
    /// Whether the dashboard draws it dashed, as limits are.
    is_limit: bool,
    /// The unit, mappings and thresholds of its values.
    pub field: Arc<Field>,
    /// The name of the series down to which its area is filled, if there is one.
    below: Option<String>,
    /// The instants of its values.
    pub grid: Grid,
    values: Arc<[f64]>,
}

/// The series on screen and the window of their data.
#[derive(Clone, Debug)]
pub struct Plot {
    /// The window.
    pub window: Window,
    /// The series.
    pub series: Vec<Plotted>,
}

/// The number of dash patterns that distinguish lines without colours, as in `style/panel.css`.
const PATTERNS: usize = 5;
/// The most series in the summary for screen readers.
const SUMMARY_SERIES: usize = 20;

impl Plotted {
    /// Its value at `time`, if there is one.
    pub fn at(&self, time: Millis) -> Option<f64> {
        self.grid.index(time).and_then(|index| self.values.get(index)).copied().filter(|value| !value.is_nan())
    }

    /// The result of `calc` for its values.
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

    /// The CSS classes of its mark: its colour and its dash pattern.
    pub fn swatch(&self) -> String {
        let color = match self.ink {
            Ink::Series(slot) => format!("series-{}", slot % SERIES_COLORS + 1),
            Ink::Token(color) => tone(color),
            Ink::Grid | Ink::Text | Ink::Heat(_) => String::new(),
        };
        if self.is_limit { format!("swatch {color} dashed") } else { format!("swatch {color} dashes-{}", self.slot % PATTERNS) }
    }
}

impl Plot {
    /// The series of a panel's answer; with `is_distinct` they also differ in dash patterns.
    pub fn of(panel: &Panel, options: &TimeSeriesOptions, data: &PanelData, language: Language, is_distinct: bool) -> Self {
        let mut series = Vec::new();
        for (target, reply) in panel.targets.iter().zip(&data.replies) {
            let Reply::Range(frame) = reply else { continue };
            let given = options.style_of(&target.style);
            let (style, field) = (Style::of(&given), Arc::new(field_of(panel, target).clone()));
            let is_limit = given.line_style.is_some_and(|line| line != LineStyle::Solid);
            let below = given.fill_below_to.map(|name| name.get(language).to_owned());
            for one in &frame.series {
                series.push(Plotted {
                    name: name_of(target, &one.labels, language),
                    slot: series.len(),
                    ink: given.color.map_or(Ink::Series(series.len()), Ink::Token),
                    style: if is_distinct && !is_limit { Style { dashes: distinct(series.len()), ..style } } else { style },
                    is_limit,
                    field: Arc::clone(&field),
                    below: below.clone(),
                    grid: frame.grid,
                    values: one.values.as_slice().into(),
                });
            }
        }
        Self { window: data.window, series }
    }

    /// All series but the hidden ones.
    pub fn shown(&self, hidden: &[String]) -> Vec<&Plotted> {
        self.series.iter().filter(|series| !hidden.contains(&series.name)).collect()
    }

    /// The specification of the chart, without the `hidden` series.
    pub fn spec(&self, panel: &Panel, options: &TimeSeriesOptions, hidden: &[String], language: Language, size: Size) -> Spec<'_> {
        let shown = self.shown(hidden);
        Spec {
            window: self.window,
            lines: shown.iter().map(|series| series.line(&shown)).collect(),
            left: axis(panel, options, Side::Left, language),
            right: axis(panel, options, Side::Right, language),
            thresholds: options.thresholds_style,
            annotations: Vec::new(),
            language,
            size,
        }
    }

    /// The instant with samples that is nearest to `time`.
    pub fn nearest(&self, time: Millis) -> Option<Millis> {
        // A time outside the grid means its first or last instant: users point most often at the newest.
        let of_grid = |grid: Grid| grid.index(time.clamp(grid.start, grid.time(grid.len.saturating_sub(1)))).map(|index| grid.time(index));
        let instants = self.series.iter().filter_map(|series| of_grid(series.grid));
        instants.min_by_key(|instant| (instant - time).abs())
    }

    /// The text summary of the chart: the last, lowest and highest value of each series.
    pub fn spoken(&self, app: App) -> String {
        let text = app.text();
        let mut told = String::new();
        for series in self.series.iter().take(SUMMARY_SERIES) {
            let words = |value| words(app, &series.field, value);
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
    /// Its line, in a chart of the series `shown`.
    pub fn line(&self, shown: &[&Self]) -> Line<'_> {
        let below = self.below.as_ref().and_then(|name| shown.iter().position(|other| other.name == *name));
        // An area down to a hidden series is not filled.
        let fill = if self.below.is_some() && below.is_none() { 0.0 } else { self.style.fill };
        Line { grid: self.grid, values: &self.values, ink: self.ink, style: Style { fill, ..self.style }, below }
    }
}

/// The value axis on a side, with the options of the first target on that side.
fn axis(panel: &Panel, options: &TimeSeriesOptions, side: Side, language: Language) -> ValueAxis {
    let target = panel.targets.iter().find(|target| Style::of(&options.style_of(&target.style)).side == side);
    let style = target.map_or_else(|| options.style.clone(), |target| options.style_of(&target.style));
    let field = target.map_or(&panel.field, |target| field_of(panel, target));
    ValueAxis {
        unit: field.unit.clone(),
        decimals: field.decimals,
        min: field.min,
        max: field.max,
        soft_min: style.axis_soft_min,
        soft_max: style.axis_soft_max,
        distribution: style.scale_distribution.unwrap_or_default(),
        label: style.axis_label.map(|label| label.get(language).to_owned()).unwrap_or_default(),
        thresholds: field.thresholds.clone(),
    }
}
