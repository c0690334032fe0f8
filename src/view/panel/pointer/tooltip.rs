//! The tooltip: the values at the crosshair, the series under the pointer first, then the others, highest first.
//!
//! It is outside the element with the role `img`, which must contain no text. Its rows are reused: only their content changes.

use crate::state::App;
use crate::state::annotations::{Annotated, Annotations};
use crate::view::panel::charts::chart_handle::ChartHandle;
use crate::view::panel::charts::plot::{Plot, Plotted};
use crate::view::panel::pointer::cursor::{At, Cursor};
use crate::view::panel::pointer::nearest::nearest;
use crate::view::panel::values::reading::words;
use crate::view::ui::{Element, Glyph, el, icon, shift, use_size};
use chart::{Rect, Scene, Size};
use leptos::prelude::*;
use model::dashboard::TooltipMode;
use model::time::Millis;
use text::timestamp;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, Text};

/// The most rows in the tooltip of the panel under the pointer.
const MAX_LINES: usize = 16;
/// The most rows in the tooltips of the other panels.
const MAX_LINES_OTHER_PANELS: usize = 6;
/// The most rows in a pinned tooltip, which scrolls.
const MAX_PINNED: usize = 200;
/// The most series that a screen reader gets at once.
const MAX_SPOKEN: usize = 5;
/// The most annotations that are named at an instant.
const MAX_MARKS: usize = 5;
/// Between crosshair and tooltip, CSS px.
const DISTANCE: f64 = 12.0;
/// Between the tooltip and the edge of the screen, CSS px.
const MARGIN: f64 = 6.0;

/// The position of a chart on the screen, and the size of the screen, CSS px.
#[derive(Clone, Copy)]
pub struct Corner {
    /// From the left edge of the screen.
    pub left: f64,
    /// From the upper edge of the screen.
    pub top: f64,
    /// Width and height of the screen.
    pub screen: (f64, f64),
}

/// The cursor and the chart that the tooltip describes.
pub struct Pointed<'a> {
    /// The cursor of the dashboard.
    pub cursor: &'a Cursor,
    /// The series of the chart.
    pub plot: &'a Plot,
    /// The chart as it is drawn.
    pub scene: &'a Scene,
    /// The position of the chart on the screen; called only if it is needed.
    pub corner: &'a dyn Fn() -> Corner,
}

/// One row: a mark in the colour of its series, a name and a value.
struct Line {
    row: Element,
    mark: Element,
    name: Text,
    value: Text,
    /// The current content: class of the row, class of the mark, name, value.
    said: [String; 4],
}

impl Line {
    fn new() -> Option<Self> {
        let (mark, name, value) = (el("span"), el("th").attr("scope", "row").text(""), el("td").text(""));
        let text_of = |cell: &Element| cell.node().first_child()?.dyn_into::<Text>().ok();
        let texts = (text_of(&name)?, text_of(&value)?);
        let row = el("tr").child(el("td").child(mark.clone())).child(name).child(value);
        Some(Self { row, mark, name: texts.0, value: texts.1, said: Default::default() })
    }

    fn say(&mut self, said: [String; 4]) {
        let news = |index: usize| said.get(index).filter(|text| self.said.get(index) != Some(text));
        if let Some(class) = news(0) {
            self.row.node().set_class_name(class);
        }
        if let Some(class) = news(1) {
            self.mark.node().set_class_name(class);
        }
        if let Some(name) = news(2) {
            self.name.set_data(name);
        }
        if let Some(value) = news(3) {
            self.value.set_data(value);
        }
        self.said = said;
    }
}

/// The tooltip of a chart, and its text for screen readers.
pub struct Tooltip {
    app: App,
    /// The id of the panel.
    panel: u32,
    mode: TooltipMode,
    hidden: RwSignal<Vec<String>>,
    annotations: Annotations,
    /// The annotations on the time axis.
    marked: Vec<Annotated>,
    /// The parent of the tooltip while it is shown.
    place: Element,
    whole: Element,
    size: RwSignal<Option<Size>>,
    time: Element,
    marks: Element,
    body: Element,
    rest: Element,
    lines: Vec<Line>,
    spoken: Element,
}

impl Tooltip {
    /// The tooltip of `chart`.
    pub fn new(chart: &ChartHandle) -> Self {
        let (app, cursor, panel, place) = (chart.app, &chart.board.cursor, &chart.panel, &chart.place);
        let (time, marks, body, rest) = (el("p").class("tooltip-time"), el("div"), el("tbody"), el("p").class("hint"));
        let unpin = || {
            let (cursor, panel) = (cursor.clone(), panel.id);
            move || cursor.unpin(panel)
        };
        let (closed, left) = (unpin(), unpin());
        let close = el("button").class("button quiet tooltip-close").attr("type", "button").attr("aria-label", app.text().close);
        let close = close.child(icon(Glyph::Close)).on("click", move |_| {
            closed();
        });
        let head = el("div").class("tooltip-head").child(time.clone()).child(close);
        let whole = el("div").child(head).child(marks.clone()).child(el("table").child(body.clone())).child(rest.clone());
        let whole = whole.on("keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                left();
            }
        });
        let spoken = el("div").class("visually-hidden").attr("role", "status");
        let _ = place.clone().child(spoken.clone());
        Self {
            app,
            panel: panel.id,
            mode: chart.tooltip,
            hidden: chart.hidden,
            annotations: chart.board.annotations.clone(),
            marked: Vec::new(),
            place: place.clone(),
            size: use_size(&whole),
            whole,
            time,
            marks,
            body,
            rest,
            lines: Vec::new(),
            spoken,
        }
    }

    /// Updates the annotations. Tracks them and the size of the tooltip.
    pub fn refresh(&mut self) {
        self.size.track();
        self.marked = self.annotations.all(self.app);
    }

    /// Shows the values at the cursor, or removes the tooltip if this panel shows none.
    pub fn show(&mut self, pointed: Option<&Pointed>) {
        let at = |pointed: &Pointed| pointed.cursor.shown_with_values(self.panel).filter(|_| self.mode != TooltipMode::None);
        match pointed.and_then(|pointed| Some((pointed, at(pointed)?))) {
            Some((pointed, at)) => {
                self.say(pointed, at);
                attach(&self.place, &self.whole);
                let (x, y) = self.position(pointed, at);
                shift(&self.whole, x, y);
            }
            None => self.whole.node().remove(),
        }
    }

    fn say(&mut self, pointed: &Pointed, at: At) {
        let Pointed { cursor, plot, scene, .. } = *pointed;
        let (app, own) = (self.app, at.panel == self.panel);
        let (most, class) = match (cursor.is_pinned(self.panel), own) {
            (true, _) => (MAX_PINNED, "tooltip pinned"),
            (false, true) => (MAX_LINES, "tooltip"),
            (false, false) => (MAX_LINES_OTHER_PANELS, "tooltip beside"),
        };
        self.whole.node().set_class_name(class);
        set_text(&self.time, &app.zone.with_untracked(|zone| timestamp::date_and_time(at.time, zone)));
        set_text(&self.marks, "");
        for mark in self.marked_at(at.time) {
            let name = el("p").class(&format!("tooltip-mark is-{}", mark.color.name())).text(&mark.title);
            attach(&self.marks, &name);
        }
        let first =
            at.depth.filter(|_| own).and_then(|depth| self.hidden.with_untracked(|hidden| nearest(plot, hidden, scene, at.time, depth)));
        let (values, more) = self.values(plot, at.time, first, most);
        set_text(&self.rest, &if more > 0 { format!("+ {more} {}", app.text().more) } else { String::new() });
        while self.lines.len() < values.len() {
            self.lines.extend(Line::new());
        }
        for (index, line) in self.lines.iter_mut().enumerate() {
            let Some((series, value)) = values.get(index) else {
                line.row.node().remove();
                continue;
            };
            let class = if Some(series.slot) == first { "is-first" } else { "" };
            let value = words(app, &series.field, Some(*value));
            line.say([class.to_owned(), series.swatch(), series.name.clone(), value]);
            attach(&self.body, &line.row);
        }
    }

    /// The position of the tooltip, CSS px from the top left corner of its chart: beside the crosshair, and on the screen.
    fn position(&self, pointed: &Pointed, at: At) -> (f64, f64) {
        let Pointed { scene, corner, .. } = *pointed;
        let (width, height) = self.size.get_untracked().map_or((0.0, 0.0), |size| (size.width, size.height));
        let Rect { left, right, top, .. } = scene.plot_css();
        let x = scene.x_of(at.time);
        let (before, behind) = (x - DISTANCE - width, x + DISTANCE);
        if at.panel != self.panel {
            // On the side of the crosshair where there is more room.
            return (if x - left > right - x { before } else { behind }, top);
        }
        let Corner { left, top: above, screen } = corner();
        let furthest = (screen.0 - left - width - MARGIN, screen.1 - above - height - MARGIN);
        let wanted = if behind <= furthest.0 { behind } else { before };
        let y = at.depth.map_or(top, |depth| depth + DISTANCE);
        (wanted.min(furthest.0).max(MARGIN - left), y.min(furthest.1).max(MARGIN - above))
    }

    /// Gives a screen reader the values at the instant that the keyboard has reached.
    pub fn tell(&self, plot: Option<&Plot>, time: Option<Millis>) {
        let mut said = String::new();
        if let Some((time, plot)) = time.zip(plot) {
            said = self.app.zone.with_untracked(|zone| timestamp::date_and_time(time, zone)) + ". ";
            self.marked_at(time).for_each(|mark| said.extend([&mark.title, ". "]));
            for (series, value) in self.values(plot, time, None, MAX_SPOKEN).0 {
                said.extend([&series.name, ": ", &words(self.app, &series.field, Some(value)), ". "]);
            }
        }
        set_text(&self.spoken, &said);
    }

    /// At most `most` series with a value at `time`, and how many more there are: the series `first`, then the others, highest first. In a
    /// tooltip of mode `Single` only one series.
    fn values<'a>(&self, plot: &'a Plot, time: Millis, first: Option<usize>, most: usize) -> (Vec<(&'a Plotted, f64)>, usize) {
        let hidden = self.hidden.get_untracked();
        let shown = plot.series.iter().filter(|series| hidden.is_empty() || !hidden.contains(&series.name));
        let mut left: Vec<_> = shown.filter_map(|series| Some((series, series.at(time)?))).collect();
        let mut sorted = Vec::new();
        let single = self.mode == TooltipMode::Single;
        let most = if single { 1 } else { most };
        if let Some(index) = first.and_then(|first| left.iter().position(|(series, _)| series.slot == first)) {
            sorted.push(left.remove(index));
        }
        let highest = |left: &[(&Plotted, f64)]| {
            let highest = left.iter().enumerate().reduce(|best, next| if next.1.1 > best.1.1 { next } else { best });
            highest.map(|(index, _)| index)
        };
        while let Some(index) = highest(&left).filter(|_| sorted.len() < most) {
            sorted.push(left.remove(index));
        }
        (sorted, if single { 0 } else { left.len() })
    }

    /// The annotations at an instant.
    fn marked_at(&self, time: Millis) -> impl Iterator<Item = &Annotated> {
        self.marked.iter().filter(move |one| (one.start..=one.end).contains(&time)).take(MAX_MARKS)
    }
}

fn set_text(element: &Element, text: &str) {
    element.node().set_text_content(Some(text));
}

/// Appends `child`, unless it is in the page already.
fn attach(parent: &Element, child: &Element) {
    if child.node().parent_node().is_none() {
        let _ = parent.node().append_child(child.node());
    }
}
