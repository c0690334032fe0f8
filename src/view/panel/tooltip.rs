//! The values at the crosshair: the series under the pointer first, then the others, highest first. Beside the canvas, so that what a
//! screen reader takes for a picture holds no text; its lines stay and only change what they say.

use super::cursor::At;
use super::nearest::nearest;
use super::plot::{Plot, Plotted};
use super::pointing::{Pointing, shift};
use super::reading::words;
use crate::chart::{Rect, Size};
use crate::model::dashboard::{CursorSync, Panel, TooltipMode};
use crate::model::time::Millis;
use crate::model::timestamp;
use crate::state::App;
use crate::state::annotations::{Annotated, Annotations};
use crate::view::ui::{Element, Glyph, el, follow, icon, use_size};
use leptos::prelude::*;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, Text};

/// More lines than this do not fit beside a crosshair,
const MOST_LINES: usize = 16;
/// nor beside those of the other panels,
const MOST_BESIDE: usize = 6;
/// nor does anybody read more in one that stays.
const MOST_PINNED: usize = 200;
/// A screen reader reads so many at a time.
const MOST_SPOKEN: usize = 5;
/// More annotations at an instant are only counted.
const MOST_MARKS: usize = 5;
/// Between crosshair and tooltip, CSS px.
const DISTANCE: f64 = 12.0;

/// What a tooltip is about.
#[derive(Clone)]
pub struct Subject {
    /// The panel.
    pub panel: Arc<Panel>,
    /// Where it is pointed at.
    pub pointing: Pointing,
    /// Which of its series are not shown.
    pub hidden: RwSignal<Vec<String>>,
    /// What is marked on its time axis.
    pub annotations: Annotations,
}

/// One line: a mark in the colour of its series, a name and a value.
struct Line {
    row: Element,
    mark: Element,
    name: Text,
    value: Text,
    /// What they say now: class of the row and of the mark, name and value.
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
        let [class, mark, name, value] = &said;
        let [class_before, mark_before, name_before, value_before] = &self.said;
        if class != class_before {
            self.row.node().set_class_name(class);
        }
        if mark != mark_before {
            self.mark.node().set_class_name(mark);
        }
        if name != name_before {
            self.name.set_data(name);
        }
        if value != value_before {
            self.value.set_data(value);
        }
        self.said = said;
    }
}

/// The tooltip over `place`, the room of a chart, and the words for those who do not see it.
pub fn tooltip(app: App, place: Element, subject: Subject) -> Element {
    let place = place.child(spoken(app, subject.clone()));
    if subject.panel.tooltip == TooltipMode::None {
        return place;
    }
    let face = Face::new(app, subject.pointing);
    let size = use_size(&face.whole);
    let (moved, chart) = (face.whole.clone(), place.clone());
    let pointing = subject.pointing;
    let (room, face) = (place.clone(), RefCell::new(face));
    // On the page only while there is something to say.
    follow(Box::new(move || match shown(pointing).zip(pointing.plot.get()) {
        Some((at, plot)) => {
            let mut face = face.borrow_mut();
            face.say(app, &subject, &plot, at);
            if face.whole.node().parent_node().is_none() {
                let _ = room.node().append_child(face.whole.node());
            }
        }
        None => face.borrow().whole.node().remove(),
    }));
    let corner = StoredValue::new((u32::MAX, Corner::default()));
    follow(Box::new(move || {
        if let Some((x, y)) = stand(pointing, &chart, size.get(), corner) {
            shift(&moved, x, y);
        }
    }));
    place
}

/// What the tooltip of a chart is about at the moment.
fn shown(Pointing { panel, cursor, .. }: Pointing) -> Option<At> {
    cursor.shown(panel).filter(|at| at.panel == panel || cursor.sync == CursorSync::Tooltip)
}

/// The parts of a tooltip that change.
struct Face {
    whole: Element,
    time: Element,
    marks: Element,
    body: Element,
    rest: Element,
    lines: Vec<Line>,
    marked: Vec<Annotated>,
}

impl Face {
    fn new(app: App, Pointing { panel, cursor, .. }: Pointing) -> Self {
        let (time, marks, body, rest) = (el("p").class("tooltip-time"), el("div"), el("tbody"), el("p").class("hint"));
        let close = el("button").class("button quiet tooltip-close").attr("type", "button").attr("aria-label", app.text().close);
        let close = close.child(icon(Glyph::Close)).on("click", move |_| {
            cursor.unpin(panel);
        });
        let head = el("div").class("tooltip-head").child(time.clone()).child(close);
        let whole = el("div").child(head).child(marks.clone()).child(el("table").child(body.clone())).child(rest.clone());
        let whole = whole.on("keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                cursor.unpin(panel);
            }
        });
        Self { whole, time, marks, body, rest, lines: Vec::new(), marked: Vec::new() }
    }

    fn say(&mut self, app: App, subject: &Subject, plot: &Plot, at: At) {
        let Pointing { panel, cursor, .. } = subject.pointing;
        let (most, class) = match (cursor.is_pinned(panel), at.panel == panel) {
            (true, _) => (MOST_PINNED, "tooltip pinned"),
            (false, true) => (MOST_LINES, "tooltip"),
            (false, false) => (MOST_BESIDE, "tooltip beside"),
        };
        self.whole.node().set_class_name(class);
        set_text(&self.time, &app.zone.with(|zone| timestamp::date_and_time(at.time, zone)));
        let marked = subject.marked(at.time);
        if self.marked != marked {
            set_text(&self.marks, "");
            self.marks.clone().children(marks_of(&marked));
            self.marked = marked;
        }
        let first = subject.under_pointer(at);
        let (values, more) = subject.values(plot, at.time, first, most);
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
            let value = words(app, &subject.panel.field, Some(*value));
            line.say([class.to_owned(), series.swatch(), series.name.clone(), value]);
            if line.row.node().parent_node().is_none() {
                let _ = self.body.node().append_child(line.row.node());
            }
        }
    }
}

fn set_text(element: &Element, text: &str) {
    element.node().set_text_content(Some(text));
}

/// Where the tooltip stands, CSS px from the corner of its chart: beside the crosshair, and on the screen.
fn stand(pointing: Pointing, chart: &Element, size: Option<Size>, measured: StoredValue<(u32, Corner)>) -> Option<(f64, f64)> {
    let Pointing { panel, cursor, scene, .. } = pointing;
    let (at, scene) = (shown(pointing)?, scene.get()?);
    let (width, height) = size.map_or((0.0, 0.0), |size| (size.width, size.height));
    let Rect { left, right, top, .. } = scene.plot_css();
    let x = scene.x_of(at.time);
    let (before, behind) = (x - DISTANCE - width, x + DISTANCE);
    if at.panel != panel {
        // On the side of the crosshair where there is more room.
        return Some((if x - left > right - x { before } else { behind }, top));
    }
    // Measured once until the page scrolls: asked for each time, the page would be laid out each time.
    if measured.with_value(|(scrolls, _)| *scrolls != cursor.scrolls()) {
        measured.set_value((cursor.scrolls(), Corner::of(chart)));
    }
    let Corner { left, top: above, screen } = measured.with_value(|(_, corner)| *corner);
    let wanted = if left + behind + width <= screen.0 { behind } else { before };
    let y = cursor.depth(panel).map_or(top, |depth| depth + DISTANCE);
    Some((wanted.min(screen.0 - left - width).max(-left), y.min(screen.1 - above - height).max(-above)))
}

/// Where a chart is on the screen, and how large that is, CSS px.
#[derive(Clone, Copy, Default)]
struct Corner {
    left: f64,
    top: f64,
    screen: (f64, f64),
}

/// Between the tooltip and the edge of the screen, CSS px.
const MARGIN: f64 = 6.0;

impl Corner {
    fn of(chart: &Element) -> Self {
        let rect = chart.node().get_bounding_client_rect();
        let root = document().document_element();
        let screen = root.map_or((0.0, 0.0), |root| (f64::from(root.client_width()), f64::from(root.client_height())));
        Self { left: rect.left() - MARGIN, top: rect.top() - MARGIN, screen: (screen.0 - 2.0 * MARGIN, screen.1 - 2.0 * MARGIN) }
    }
}

impl Subject {
    /// The series under the pointer, if that is what points.
    fn under_pointer(&self, at: At) -> Option<usize> {
        let Pointing { panel, cursor, scene, .. } = self.pointing;
        let (scene, depth) = (scene.get()?, cursor.depth(panel).filter(|_| at.panel == panel)?);
        nearest(&scene, scene.x_of(at.time), depth)
    }

    /// At most so many series with a value at `time`, and how many more there are: `first`, then the highest first. In a tooltip for one
    /// series, only that one.
    fn values<'a>(&self, plot: &'a Plot, time: Millis, first: Option<usize>, most: usize) -> (Vec<(&'a Plotted, f64)>, usize) {
        let hidden = self.hidden.get();
        let shown = plot.series.iter().filter(|series| hidden.is_empty() || !hidden.contains(&series.name));
        let mut left: Vec<_> = shown.filter_map(|series| Some((series, series.at(time)?))).collect();
        let mut sorted = Vec::new();
        let single = self.panel.tooltip == TooltipMode::Single;
        let most = if single { 1 } else { most };
        if let Some(index) = first.and_then(|first| left.iter().position(|(series, _)| series.slot == first)) {
            sorted.push(left.remove(index));
        }
        let highest = |left: &[(&Plotted, f64)]| {
            left.iter().enumerate().reduce(|best, next| if next.1.1 > best.1.1 { next } else { best }).map(|(index, _)| index)
        };
        while let Some(index) = highest(&left).filter(|_| sorted.len() < most) {
            sorted.push(left.remove(index));
        }
        (sorted, if single { 0 } else { left.len() })
    }

    /// What is marked at an instant.
    fn marked(&self, time: Millis) -> Vec<Annotated> {
        self.annotations.with(|all| all.iter().filter(|one| (one.start..=one.end).contains(&time)).cloned().collect())
    }
}

fn marks_of(annotated: &[Annotated]) -> Vec<Element> {
    let one = |mark: &Annotated| el("p").class(&format!("tooltip-mark is-{}", mark.color.name())).text(&mark.title);
    let more = annotated.len().saturating_sub(MOST_MARKS);
    let mut marks: Vec<_> = annotated.iter().take(MOST_MARKS).map(one).collect();
    if more > 0 {
        marks.push(el("p").class("hint").text(&format!("+ {more}")));
    }
    marks
}

/// What the keyboard has come to, for a screen reader: said when the keys rest.
fn spoken(app: App, subject: Subject) -> Element {
    let told = subject.pointing.told;
    let words = move || {
        let (plot, time) = (subject.pointing.plot.get_untracked()?, told.get()?);
        let at = app.zone.with_untracked(|zone| timestamp::date_and_time(time, zone));
        let mut said = at + ". ";
        let marks = untrack(|| subject.marked(time));
        said.extend(marks.iter().take(MOST_MARKS).map(|mark| format!("{}. ", mark.title)));
        for (series, value) in untrack(|| subject.values(&plot, time, None, MOST_SPOKEN)).0 {
            said.extend([series.name.as_str(), ": ", &words(app, &subject.panel.field, Some(value)), ". "]);
        }
        Some(said)
    };
    el("div").class("visually-hidden").attr("role", "status").live_text(move || words().unwrap_or_default())
}
