//! State timeline: a row for each series, a bar for each period in one state.

use crate::state::App;
use crate::state::memo::{fresh, memo};
use crate::state::panel_query::PanelData;
use crate::state::source::Reply;
use crate::view::panel::charts::boxes::{boxes, place, swatch};
use crate::view::panel::frame::context::PanelContext;

use crate::view::panel::values::reading::{field_of, name_of};
use crate::view::ui::{Element, el, follow, px, text_width, use_size};
use chart::timeline::{Bar, Row, Timeline, least_height, timeline, together};
use chart::{Cells, Ink, Spot};
use leptos::prelude::*;
use model::color::Color;
use model::dashboard::{LegendDisplay, Panel, StateOptions};
use model::states::{State, States, Stretch};
use model::time::{Millis, SECOND, Window};
use model::unit::Unit;
use std::sync::Arc;
use text::locale::Locale;
use text::timestamp;

/// The most rows.
const MAX_ROWS: usize = 200;
/// The most states in the legend.
const MAX_STATES: usize = 16;
/// The most series in the summary for screen readers.
const SUMMARY_SERIES: usize = 20;

/// The data of the chart.
struct Shown {
    window: Window,
    rows: Vec<Row>,
    /// The states that occur, in the order of the legend.
    states: Vec<(Ink, String)>,
    /// How many series are not shown.
    more: usize,
}

/// The rows of a panel.
pub fn view(context: &PanelContext, options: &StateOptions) -> Element {
    rows_view(context, options, false)
}

/// The rows of a panel: with `cells` a cell for each instant, else a bar for each period in one state.
pub fn rows_view(context: &PanelContext, options: &StateOptions, cells: bool) -> Element {
    let PanelContext { app, query, .. } = *context;
    let frame = place(app);
    let size = use_size(&frame);
    let width = memo(move || size.get().map(|size| size.width));
    let described = Arc::clone(&context.panel);
    let shown = fresh(move || {
        let (loaded, width) = (query.last()?, width.get()?);
        Some(Arc::new(app.with_locale(|locale| Shown::of(locale, &described, &loaded.data, cells.then_some(width)))))
    });
    let styled = frame.clone();
    follow(Box::new(move || {
        if let (Some(shown), Some(width)) = (shown.get(), width.get()) {
            let _ = styled.clone().style("min-height", &px(least_height(shown.rows.len(), width)));
        }
    }));
    let show_value = options.show_value;
    let cells = fresh(move || {
        let (shown, size) = (shown.get()?, size.get()?);
        let spec = Timeline { window: shown.window, rows: &shown.rows, show_value, language: app.language(), size };
        Some(Arc::new(app.zone.with(|zone| timeline(&spec, zone, &text_width))))
    });
    let cells: Signal<Option<Arc<Cells>>> = cells.into();
    let tell = move |spot: Spot| shown.get().map(|shown| shown.tell(app, spot)).unwrap_or_default();
    let spoken = move || shown.get().map(|shown| shown.spoken(app)).unwrap_or_default();
    let hidden = options.legend.display_mode == LegendDisplay::Hidden;
    let legend = el("ul").class("key").live(move || shown.get().filter(|_| !hidden).map(|shown| shown.legend()).unwrap_or_default());
    boxes(context, frame, cells, Box::new(tell), legend, Box::new(spoken))
}

impl Shown {
    /// The rows of an answer; with a `width` (CSS px) as cells.
    fn of(locale: Locale, panel: &Panel, data: &PanelData, width: Option<f64>) -> Self {
        let mut shown = Self { window: data.window, rows: Vec::new(), states: Vec::new(), more: 0 };
        for (target, reply) in panel.targets.iter().zip(&data.replies) {
            let Reply::Range(frame) = reply else { continue };
            let mut states = States::new(field_of(panel, target), locale);
            let room = MAX_ROWS.saturating_sub(shown.rows.len());
            shown.more += frame.series.len().saturating_sub(room);
            let mut rows = Vec::new();
            for series in frame.series.iter().take(room) {
                let stretches = match width {
                    Some(width) => {
                        let together = together(data.window, frame.grid.step, width);
                        states.cells(frame.grid, &series.values, data.window, together)
                    }
                    None => states.stretches(frame.grid, &series.values, data.window),
                };
                rows.push((name_of(target, &series.labels, locale.language), stretches));
            }
            let (all, order) = states.into_sorted();
            let bar = |stretch: &Stretch| {
                let state = all.get(stretch.state)?;
                let (ink, text) = (ink(state), state.text.clone());
                Some(Bar { from: stretch.from, to: stretch.to, ink, text, sign: state.color.symbol() })
            };
            shown
                .rows
                .extend(rows.iter().map(|(name, stretches)| Row { name: name.clone(), bars: stretches.iter().filter_map(bar).collect() }));
            for state in order.iter().filter_map(|state| all.get(*state)) {
                let entry = (ink(state), state.text.clone());
                if !shown.states.contains(&entry) && shown.states.len() < MAX_STATES {
                    shown.states.push(entry);
                }
            }
        }
        shown
    }

    /// The legend: the colour of each state.
    fn legend(&self) -> Vec<Element> {
        let mut entries: Vec<_> = self.states.iter().map(|(ink, text)| el("li").child(swatch(*ink)).text(text)).collect();
        if self.more > 0 {
            entries.push(el("li").class("hint").text(&format!("+ {}", self.more)));
        }
        entries
    }

    fn tell(&self, app: App, spot: Spot) -> Vec<Element> {
        let Some(row) = self.rows.get(spot.row) else { return Vec::new() };
        let Some(bar) = row.bars.get(spot.cell) else { return Vec::new() };
        let (from, to) = app.zone.with(|zone| (timestamp::date_and_time(bar.from, zone), timestamp::short(bar.to, bar.from, zone)));
        // A state at the edge of the window may last longer than is known.
        let more = if bar.from <= self.window.start || bar.to >= self.window.end { "≥ " } else { "" };
        let lasting = format!("{more}{}", lasting(app, bar.to - bar.from));
        vec![
            el("p").class("tooltip-name").text(&row.name),
            el("p").class("tooltip-value").child(swatch(bar.ink)).text(&bar.text),
            el("p").class("tooltip-time").text(&from).text(" – ").text(&to).text(", ").text(&lasting),
        ]
    }

    /// The text summary: for each series its last state, and how long it was in each state.
    fn spoken(&self, app: App) -> String {
        let mut told = String::new();
        for row in self.rows.iter().take(SUMMARY_SERIES) {
            let last = row.bars.last().map_or("–", |bar| bar.text.as_str());
            told.extend([&row.name, ": ", app.text().last, " ", last]);
            for (_, state) in &self.states {
                let time: Millis = row.bars.iter().filter(|bar| bar.text == *state).map(|bar| bar.to - bar.from).sum();
                if time > 0 {
                    told.extend([", ", state, " ", &lasting(app, time)]);
                }
            }
            told.push_str(". ");
        }
        told
    }
}

fn lasting(app: App, time: Millis) -> String {
    let seconds = f64::from(i32::try_from(time / SECOND).unwrap_or(i32::MAX));
    app.format(&Unit::DURATION, seconds, None)
}

/// The colour of a state: its own, else one of the series colours.
fn ink(state: &State) -> Ink {
    if state.color == Color::Text { Ink::Series(state.slot) } else { Ink::Token(state.color) }
}
