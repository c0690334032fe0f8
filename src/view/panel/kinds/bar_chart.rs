//! Bar chart: instant queries as bars, a group for each value of one label.

use crate::state::App;
use crate::state::memo::{fresh, memo};
use crate::state::panel_query::PanelData;
use crate::state::source::Reply;
use crate::view::panel::charts::boxes::{boxes, place, swatch};
use crate::view::panel::frame::context::PanelContext;

use crate::view::panel::values::reading::{field_of, name_of, words};
use crate::view::ui::{Element, el, follow, px, text_width, use_size};
use chart::bars::{Bar, Bars, Group, bars};
use chart::{Cells, Ink, Size, Spot};
use leptos::prelude::*;
use model::color::Color;
use model::dashboard::{BarChartOptions, LegendDisplay, Panel, Stacking, Target};
use model::labels::Labels;
use std::sync::Arc;
use text::locale::Locale;

/// The most groups in the summary for screen readers.
const SUMMARY_GROUPS: usize = 30;

/// The data of the chart.
struct Shown {
    groups: Vec<Group>,
    /// The name of each series and its colour in the legend.
    series: Vec<(String, Ink)>,
}

/// The bars of a panel.
pub fn view(context: &PanelContext, options: &BarChartOptions) -> Element {
    let PanelContext { app, query, .. } = *context;
    let place = place(app);
    let size = use_size(&place);
    let chart = Chart { panel: Arc::clone(&context.panel), options: options.clone() };
    let asked = chart.clone();
    let shown = fresh(move || query.last().map(|loaded| Arc::new(asked.shown(app, &loaded.data))));
    let (asked, styled) = (chart.clone(), place.clone());
    let width = memo(move || size.get().map(|size| size.width));
    follow(Box::new(move || {
        if let (Some(shown), Some(width)) = (shown.get(), width.get()) {
            let size = Size { width, height: 0.0, ratio: 1.0 };
            let least = app.with_locale(|locale| {
                let spec = asked.spec(&shown, locale, size);
                if spec.is_horizontal(width, &text_width) { spec.least_height(width) } else { 0.0 }
            });
            let _ = styled.clone().style("min-height", &px(least.max(LEAST_HEIGHT)));
        }
    }));
    let cells = fresh(move || {
        let (shown, size) = (shown.get()?, size.get()?);
        Some(Arc::new(app.with_locale(|locale| bars(&chart.spec(&shown, locale, size), &text_width))))
    });
    let cells: Signal<Option<Arc<Cells>>> = cells.into();
    // With horizontal bars each group is the only box of its row; with vertical bars all groups are in one row.
    let tell = move |spot: Spot| shown.get().map(|shown| shown.tell(spot.row.max(spot.cell))).unwrap_or_default();
    let spoken = move || shown.get().map(|shown| shown.spoken()).unwrap_or_default();
    let hidden = options.legend.display_mode == LegendDisplay::Hidden;
    let entries = move || shown.get().filter(|shown| !hidden && shown.series.len() > 1).map(|shown| shown.legend()).unwrap_or_default();
    boxes(context, place, cells, Box::new(tell), el("ul").class("key").live(entries), Box::new(spoken))
}

/// The least height of the chart, CSS px.
const LEAST_HEIGHT: f64 = 60.0;

/// The panel and its options.
#[derive(Clone)]
struct Chart {
    panel: Arc<Panel>,
    options: BarChartOptions,
}

impl Chart {
    fn shown(&self, app: App, data: &PanelData) -> Shown {
        let Self { panel, options } = self;
        let mut shown = Shown { groups: Vec::new(), series: Vec::new() };
        let count = panel.targets.len();
        for (index, (target, reply)) in panel.targets.iter().zip(&data.replies).enumerate() {
            let Reply::Instant(samples) = reply else { continue };
            let color = target.style.over(&options.style).color;
            let own = color.map_or(Ink::Series(index), Ink::Token);
            let field = field_of(panel, target);
            let title = target.title.get(app.language());
            let first = samples.first().map(|sample| name_of(target, &sample.labels, app.language())).unwrap_or_default();
            shown.series.push((if title.is_empty() { first } else { title.to_owned() }, own));
            for sample in samples.iter().filter(|sample| sample.value.is_finite()) {
                // Thresholds and mappings colour the bars of targets without a colour of their own.
                let ink = match field.color(Some(sample.value)) {
                    meaning if meaning != Color::Text && color.is_none() => Ink::Token(meaning),
                    _ => own,
                };
                let bar = Bar { value: sample.value, ink, text: words(app, field, Some(sample.value)) };
                shown.add(self.group_name(app, target, &sample.labels), index, count, bar);
            }
        }
        shown
    }

    fn spec<'a>(&'a self, shown: &'a Shown, locale: Locale<'a>, size: Size) -> Bars<'a> {
        let Self { panel, options } = self;
        Bars {
            groups: &shown.groups,
            stacking: options.style.stacking.unwrap_or(Stacking::None),
            orientation: options.orientation,
            show_value: options.show_value,
            min: panel.field.min,
            max: panel.field.max,
            unit: &panel.field.unit,
            decimals: panel.field.decimals,
            locale,
            size,
        }
    }

    /// The value of the label `join_by`; without it the name of the series.
    fn group_name(&self, app: App, target: &Target, labels: &Labels) -> String {
        let value = self.options.join_by.as_deref().and_then(|label| labels.get(label));
        value.map_or_else(|| name_of(target, labels, app.language()), str::to_owned)
    }
}

impl Shown {
    /// Adds a bar to its group. Of several bars of one target the first is kept: the dashboard's query sorts the worst first.
    fn add(&mut self, name: String, index: usize, count: usize, bar: Bar) {
        let at = self.groups.iter().position(|group| group.name == name).unwrap_or(self.groups.len());
        if at == self.groups.len() {
            self.groups.push(Group { name, bars: vec![None; count] });
        }
        if let Some(place) = self.groups.get_mut(at).and_then(|group| group.bars.get_mut(index)) {
            place.get_or_insert(bar);
        }
    }

    fn legend(&self) -> Vec<Element> {
        self.series.iter().map(|(name, ink)| el("li").child(swatch(*ink)).text(name)).collect()
    }

    fn tell(&self, index: usize) -> Vec<Element> {
        let Some(group) = self.groups.get(index) else { return Vec::new() };
        let named = self.series.len() > 1;
        let line = |((name, _), bar): (&(String, Ink), &Option<Bar>)| {
            let bar = bar.as_ref()?;
            let name = el("th").attr("scope", "row").text(if named { name } else { "" });
            Some(el("tr").child(el("td").child(swatch(bar.ink))).child(name).child(el("td").text(&bar.text)))
        };
        let lines: Vec<_> = self.series.iter().zip(&group.bars).filter_map(line).collect();
        vec![el("p").class("tooltip-name").text(&group.name), el("table").child(el("tbody").children(lines))]
    }

    /// The text summary: the values of each group.
    fn spoken(&self) -> String {
        let mut told = String::new();
        for group in self.groups.iter().take(SUMMARY_GROUPS) {
            told.push_str(&group.name);
            for ((name, _), bar) in self.series.iter().zip(&group.bars) {
                let Some(bar) = bar else { continue };
                told.extend([", ", if self.series.len() > 1 { name } else { "" }, " ", &bar.text]);
            }
            told.push_str(". ");
        }
        told
    }
}
