//! Stat: large numbers, each with a sparkline of its history.

use crate::state::App;
use crate::state::memo::{fresh, memo};
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::values::reading::{Reading, readings, symbol, tone};
use crate::view::ui::{Element, canvas_of, el, follow, use_size};
use chart::{self, Ink};
use leptos::prelude::*;
use model::calc::Calc;
use model::color::Color;
use model::dashboard::{ColorMode, GraphMode, Orientation, StatOptions, TextMode};
use model::unit::Unit;
use std::sync::Arc;

/// Texts shorter than this get no larger type: the next number may be longer.
const LEAST_CHARS: usize = 6;

/// The numbers of a panel. Their elements stay and follow the data, so that a sparkline is never an empty box during a refresh.
pub fn view(context: &PanelContext, options: &StatOptions) -> Element {
    let PanelContext { app, query, .. } = *context;
    let (asked, calc) = (Arc::clone(&context.panel), options.calc);
    let shown = fresh(move || query.last().map(|loaded| readings(app, &asked, calc, &loaded.data)).unwrap_or_default());
    let count = memo(move || shown.with(Vec::len));
    let layout = match options.orientation {
        Orientation::Auto => "stats",
        Orientation::Horizontal => "stats in-rows",
        Orientation::Vertical => "stats in-columns",
    };
    let graphs = if options.graph_mode == GraphMode::Area { " graphs" } else { "" };
    let grid = el("div").class(&format!("{layout}{graphs}"));
    let sized = grid.clone();
    let is_name = options.text_mode == TextMode::Name;
    // The longest text decides the type size of all numbers of the panel.
    follow(Box::new(move || {
        let length = |reading: &Reading| {
            let text = if is_name { &reading.name } else { &reading.text };
            text.chars().count() + if reading.color.symbol().is_some() { 2 } else { 0 }
        };
        let longest = shown.with(|all| all.iter().map(length).max()).unwrap_or_default().max(LEAST_CHARS);
        let _ = sized.clone().style("--chars", &longest.to_string());
    }));
    let options = options.clone();
    grid.live(move || {
        let count = count.get();
        (0..count).map(|index| Stat { app, shown, index, several: count > 1 }.view(&options)).collect::<Vec<_>>()
    })
}

/// One of the numbers.
#[derive(Clone, Copy)]
struct Stat {
    app: App,
    shown: Memo<Vec<Reading>>,
    index: usize,
    several: bool,
}

impl Stat {
    fn view(self, options: &StatOptions) -> Element {
        let (mode, coloring) = (options.text_mode, options.color_mode);
        let color = memo(move || match coloring {
            ColorMode::None => Color::Text,
            ColorMode::Value | ColorMode::Background => self.get(|reading| reading.color),
        });
        let filled = if coloring == ColorMode::Background { " filled" } else { "" };
        let name = || el("span").live_text(move || self.get(|reading| reading.name.clone()));
        let value = || el("span").attr("data-value", "").live_text(move || self.get(|reading| reading.text.clone()));
        let hidden = |element: Element| el("span").class("visually-hidden").child(element);
        let large = |element: Element| el("span").class("stat-value").child(element).live(move || symbol(color.get()));
        let named = mode == TextMode::ValueAndName || (mode == TextMode::Auto && self.several);
        let text = el("div").class("stat-text").children(named.then(|| name().class("stat-name")));
        // Text that is not visible is still there for screen readers.
        let text = match mode {
            TextMode::Auto | TextMode::Value | TextMode::ValueAndName => text.child(large(value())),
            TextMode::Name => text.child(large(name())).child(hidden(value())),
            TextMode::None => text.child(hidden(name())).child(hidden(value())),
        };
        let text = text.children(options.show_percent_change.then(|| self.change()));
        let line = (options.graph_mode == GraphMode::Area).then(|| self.sparkline(color));
        let stat = el("div").live_attr("class", move || Some(format!("stat {}{filled}", tone(color.get()))));
        stat.child(text).children(line)
    }

    fn get<T: Default>(self, part: impl Fn(&Reading) -> T) -> T {
        self.shown.with(|all| all.get(self.index).map(part).unwrap_or_default())
    }

    /// The change from the first to the last value of the window. It has no colour: a rise may be good or bad.
    fn change(self) -> Element {
        let change = memo(move || self.get(|reading| change(&reading.history)));
        let arrow = move || match change.get() {
            Some(change) if change > 0.0 => "▲\u{a0}",
            Some(change) if change < 0.0 => "▼\u{a0}",
            _ => "",
        };
        let words = move || {
            let Some(change) = change.get() else { return "–".to_owned() };
            let plus = if change > 0.0 { "+" } else { "" };
            format!("{plus}{}", self.app.format(&Unit::PERCENT, change, Some(1)))
        };
        let label = self.app.text().change;
        let arrow = el("span").attr("aria-hidden", "true").live_text(move || arrow().to_owned());
        let label = el("span").class("visually-hidden").text(label).text(" ");
        el("span").class("stat-change").attr("title", self.app.text().change).child(arrow).child(label).live_text(words)
    }

    fn sparkline(self, color: Memo<Color>) -> Element {
        let line = el("div").class("sparkline");
        let size = use_size(&line);
        let scene = fresh(move || {
            // Without a threshold colour the line has the colour of the first series.
            let ink = if color.get() == Color::Text { Ink::Series(0) } else { Ink::Token(color.get()) };
            let size = size.get()?;
            self.shown.with(|all| all.get(self.index).map(|reading| Arc::new(chart::sparkline(&reading.history, ink, size))))
        });
        line.child(canvas_of(scene.into(), self.app.theme.palette))
    }
}

/// The change in percent of the first value; `None` if that is zero or there are no values.
fn change(history: &[f64]) -> Option<f64> {
    let first = Calc::FirstNotNull.of(history)?;
    Calc::Diff.of(history).map(|change| change / first.abs() * 100.0).filter(|change| change.is_finite())
}
