//! Pie chart: shares of a whole, the largest first, as a disc or a ring.

use crate::state::App;
use crate::state::memo::fresh;
use crate::state::panel_query::PanelData;
use crate::view::panel::charts::boxes::{boxes, place, swatch};
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::values::reading::{Reading, readings, words};
use crate::view::ui::{Element, el, text_width, use_size};
use chart::pie::{Slice, pie};
use chart::{Cells, Ink, Spot};
use leptos::prelude::*;
use model::calc::Calc;
use model::color::Color;
use model::dashboard::{LegendDisplay, LegendPlacement, Panel, PieChartOptions, PieLabel, PieType};
use model::unit::Unit;
use std::sync::Arc;

/// The most slices. Smaller values are merged into the last slice: thinner slices cannot be distinguished.
const MAX_SLICES: usize = 12;

/// The data of a slice.
struct Part {
    name: String,
    text: String,
    share: f64,
    /// The share in percent, as text.
    percent: String,
    ink: Ink,
}

/// The data of the chart.
struct Shown {
    parts: Vec<Part>,
    /// The sum, as text.
    total: String,
    /// How many values are left out: not above zero, or not finite.
    left_out: usize,
}

/// The pie of a panel.
pub fn view(context: &PanelContext, options: &PieChartOptions) -> Element {
    let PanelContext { app, query, .. } = *context;
    let calc = options.calc;
    let place = place(app);
    let size = use_size(&place);
    let asked = Arc::clone(&context.panel);
    let shown = fresh(move || query.last().map(|loaded| Arc::new(Shown::of(app, &asked, calc, &loaded.data))));
    let (ring, lines) = (options.pie_type == PieType::Donut, options.display_labels.clone());
    let cells = fresh(move || {
        let slices: Vec<Slice> = shown.get()?.parts.iter().map(|part| part.slice(&lines)).collect();
        Some(Arc::new(pie(&slices, ring, size.get()?, &text_width)))
    });
    let cells: Signal<Option<Arc<Cells>>> = cells.into();
    let total = move || {
        let (shown, cells) = (shown.get()?, cells.get()?);
        let hole = cells.wheel.as_ref()?.inner / cells.scene.size.ratio * 2.0;
        // The text of the sum is larger than that of an axis, which `text_width` measures.
        (ring && text_width(&shown.total) * TOTAL_SIZE < hole).then(|| el("div").class("total").text(&shown.total))
    };
    let tell = move |spot: Spot| shown.get().and_then(|shown| Some(shown.parts.get(spot.cell)?.tell())).unwrap_or_default();
    let class = match options.legend.placement {
        LegendPlacement::Bottom => "key parts",
        LegendPlacement::Right => "key parts right",
    };
    let hidden = options.legend.display_mode == LegendDisplay::Hidden;
    let legend = el("ul").class(if hidden { "visually-hidden" } else { class });
    let legend = legend.live(move || shown.get().map(|shown| shown.legend(app)).unwrap_or_default());
    // No text summary: the legend has all values, also for screen readers.
    boxes(context, place.live(total), cells, Box::new(tell), legend, Box::new(String::new))
}

/// How much larger the sum in a ring is than the text of an axis, including some space beside it.
const TOTAL_SIZE: f64 = 2.0;

impl Shown {
    fn of(app: App, panel: &Panel, calc: Calc, data: &PanelData) -> Self {
        let all = readings(app, panel, calc, data);
        // A series keeps its colour whatever its rank.
        let ink = |slot, reading: &Reading| if reading.color == Color::Text { Ink::Series(slot) } else { Ink::Token(reading.color) };
        let value = |reading: &Reading| reading.value.filter(|value| value.is_finite() && *value > 0.0);
        let mut rest: Vec<_> =
            all.iter().enumerate().filter_map(|(slot, reading)| Some((value(reading)?, ink(slot, reading), reading))).collect();
        let left_out = all.len() - rest.len();
        let sum: f64 = rest.iter().map(|(value, ..)| value).sum();
        let percent = |share: f64| app.format(&Unit::PERCENT, share * 100.0, Some(u8::from(share < 0.1)));
        let mut parts = Vec::new();
        while let Some((value, ink, reading)) = take_highest(&mut rest) {
            if parts.len() == MAX_SLICES - 1 && !rest.is_empty() {
                let value = rest.iter().fold(value, |sum, (value, ..)| sum + value);
                let (text, share) = (words(app, &panel.field, Some(value)), value / sum);
                let name = format!("{} ({})", app.text().others, rest.len() + 1);
                parts.push(Part { name, text, share, percent: percent(share), ink: Ink::Token(Color::Text) });
                break;
            }
            let (name, text, share) = (reading.name.clone(), reading.text.clone(), value / sum);
            parts.push(Part { name, text, share, percent: percent(share), ink });
        }
        Self { parts, total: words(app, &panel.field, Some(sum)), left_out }
    }

    fn legend(&self, app: App) -> Vec<Element> {
        let entry = |part: &Part| {
            let name = el("span").class("legend-name").attr("title", &part.name).text(&part.name);
            let value = el("span").class("legend-value").text(&part.text).text(", ").text(&part.percent);
            el("li").child(swatch(part.ink)).child(name).child(value)
        };
        let mut entries: Vec<_> = self.parts.iter().map(entry).collect();
        if self.left_out > 0 {
            entries.push(el("li").class("hint").text(&format!("{} {}", self.left_out, app.text().not_positive)));
        }
        entries
    }
}

impl Part {
    fn slice(&self, lines: &[PieLabel]) -> Slice {
        let line = |label: &PieLabel| match label {
            PieLabel::Name => self.name.clone(),
            PieLabel::Value => self.text.clone(),
            PieLabel::Percent => self.percent.clone(),
        };
        Slice { share: self.share, ink: self.ink, lines: lines.iter().map(line).collect() }
    }

    fn tell(&self) -> Vec<Element> {
        let value = el("p").class("tooltip-value").child(swatch(self.ink)).text(&self.text).text(", ").text(&self.percent);
        vec![el("p").class("tooltip-name").text(&self.name), value]
    }
}

type Candidate<'a> = (f64, Ink, &'a Reading);

/// Removes the highest value from the list; of equal ones the first. The list is not sorted, since only a few values are taken.
fn take_highest<'a>(rest: &mut Vec<Candidate<'a>>) -> Option<Candidate<'a>> {
    let highest = rest.iter().enumerate().reduce(|best, next| if next.1.0 > best.1.0 { next } else { best });
    let (index, _) = highest?;
    Some(rest.remove(index))
}
