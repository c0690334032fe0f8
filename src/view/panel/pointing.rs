//! What the pointer, fingers and the keyboard do to a chart: point at an instant, pin it, zoom, pan.
//!
//! A move is cheap: it is only noted, and acted upon once a frame, without asking the browser where things are.

use super::cursor::{At, Cursor};
use super::plot::Plot;
use crate::chart::{Rect, Scene};
use crate::model::decimal::fixed;
use crate::model::gesture::Hold;
use crate::model::time::{Millis, Window};
use crate::state::{App, clock};
use crate::view::controls::{zoom_out, zoom_to};
use crate::view::ui::{Element, el, follow};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent};

/// A drag shorter than this is a click with a trembling hand, CSS px.
const SHORTEST_DRAG: f64 = 6.0;
/// With shift the arrow keys take so many points at once.
const STRIDE: Millis = 10;

/// Keys that are still for so long rest: who holds one down need not hear each point.
const REST: Duration = Duration::from_millis(250);

/// What is pointed at in a chart.
#[derive(Clone, Copy)]
pub struct Pointing {
    /// The id of the panel.
    pub panel: u32,
    /// The cursor of the dashboard.
    pub cursor: Cursor,
    /// Where things are.
    pub scene: Signal<Option<Arc<Scene>>>,
    /// What there is.
    pub plot: Signal<Option<Arc<Plot>>>,
    /// The window that a hand has moved the axis to, until the data for it is there.
    pub moved: RwSignal<Option<Window>>,
    /// Where a drag to zoom began and where it is, CSS px from the left of the chart.
    selection: RwSignal<Option<(f64, f64)>>,
    /// The instant that the keyboard has come to, for those who hear it: once the keys rest.
    pub told: RwSignal<Option<Millis>>,
    /// The same, at once.
    reached: StoredValue<Option<Millis>>,
}

/// A pointer that is down.
struct Held {
    id: i32,
    /// Where it went down and where it is, CSS px from the left of the chart.
    from: f64,
    x: f64,
    /// What was under it.
    time: Millis,
}

impl Held {
    /// Whether it has come so far that it is no click or tap.
    fn has_travelled(&self) -> bool {
        (self.x - self.from).abs() >= SHORTEST_DRAG
    }
}

/// What the pointers that are down do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// They point.
    Point,
    /// They select what to zoom to.
    Select,
    /// They move the axis.
    Move,
    /// They did something, and have not all let go of it.
    Done,
}

struct Hand {
    chart: HtmlElement,
    /// Where the chart is on the screen, CSS px, and the count of scrolls at which that was so.
    corner: Option<(u32, f64, f64)>,
    held: Vec<Held>,
    deed: Deed,
    /// The window that is being moved.
    window: Window,
    /// Whether the chart was pinned when a finger came down on it.
    was_pinned: bool,
    /// Where the pointer was last, CSS px from the corner.
    place: (f64, f64),
    /// Whether a frame will act on that.
    due: bool,
}

impl Hand {
    /// Where the pointer is, CSS px from the corner of the chart. Measures only where something may have moved since.
    fn locate(&mut self, pointer: &PointerEvent, scrolls: u32) -> (f64, f64) {
        let (left, top) = match self.corner {
            Some((measured, left, top)) if measured == scrolls => (left, top),
            _ => {
                let rect = self.chart.get_bounding_client_rect();
                self.corner = Some((scrolls, rect.left(), rect.top()));
                (rect.left(), rect.top())
            }
        };
        self.place = (f64::from(pointer.client_x()) - left, f64::from(pointer.client_y()) - top);
        self.place
    }
}

type Shared = Rc<RefCell<Hand>>;

impl Pointing {
    /// Nothing is pointed at yet.
    pub fn new(
        panel: u32,
        cursor: Cursor,
        scene: Signal<Option<Arc<Scene>>>,
        plot: Signal<Option<Arc<Plot>>>,
        moved: RwSignal<Option<Window>>,
    ) -> Self {
        let (selection, told) = (RwSignal::new(None), RwSignal::new(None));
        Self { panel, cursor, scene, plot, moved, selection, told, reached: StoredValue::new(None) }
    }

    /// Lets `chart` be pointed at, and shows it there.
    pub fn listen(self, app: App, chart: Element) -> Element {
        let Ok(node) = chart.node().clone().dyn_into::<HtmlElement>() else { return chart };
        let window = Window { start: 0, end: 0 };
        let hand = Hand {
            chart: node,
            corner: None,
            held: Vec::new(),
            deed: Deed::Point,
            window,
            was_pinned: false,
            place: (0.0, 0.0),
            due: false,
        };
        let hand: Shared = Rc::new(RefCell::new(hand));
        let on = |handle: fn(Self, App, &Shared, &PointerEvent)| {
            let hand = Rc::clone(&hand);
            move |event: Event| {
                if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
                    handle(self, app, &hand, pointer);
                }
            }
        };
        // What comes was asked for: the picture is that of its own window again.
        follow(Box::new(move || {
            self.plot.track();
            self.moved.set(None);
        }));
        on_cleanup(move || self.cursor.leave(self.panel));
        chart
            .on("pointerenter", on(|_, _, hand, _| hand.borrow_mut().corner = None))
            .on("pointermove", on(Self::noted))
            .on("pointerdown", on(Self::pressed))
            .on("pointerup", on(Self::released))
            .on("pointercancel", on(Self::called_off))
            .on("pointerleave", move |_| self.cursor.leave(self.panel))
            .on("blur", move |_| self.cursor.leave(self.panel))
            .on("dblclick", move |_| {
                self.cursor.unpin(self.panel);
                zoom_out(app);
            })
            .on("keydown", move |event| self.walked(&event))
            .child(self.crosshair())
            .child(self.mark())
    }

    /// The line at the instant.
    fn crosshair(self) -> Element {
        let line = el("div").class("crosshair");
        self.stand_in_plot(&line);
        let shown = line.clone();
        follow(Box::new(move || {
            let x = self.cursor.shown(self.panel).and_then(|at| {
                let scene = self.scene.get()?;
                let (x, Rect { left, right, .. }) = (scene.x_of(at.time), scene.plot_css());
                (left - 1.0..=right + 1.0).contains(&x).then_some(x)
            });
            // Far out rather than taken away: where it is no other thing has to move.
            shift(&shown, x.unwrap_or(-9_999.0), 0.0);
        }));
        line
    }

    /// What is selected.
    fn mark(self) -> Element {
        let area = el("div").class("selection");
        self.stand_in_plot(&area);
        let shown = area.clone();
        follow(Box::new(move || {
            let selected = self.selection.get().filter(|(from, to)| (to - from).abs() >= SHORTEST_DRAG);
            let (from, to) = selected.unwrap_or((0.0, 0.0));
            let _ = shown.clone().style("width", &px((to - from).abs()));
            shift(&shown, from.min(to), 0.0);
        }));
        area
    }

    /// Keeps a thing as high as the plot.
    fn stand_in_plot(self, thing: &Element) {
        let thing = thing.clone();
        follow(Box::new(move || {
            if let Some(scene) = self.scene.get() {
                let Rect { top, bottom, .. } = scene.plot_css();
                let _ = thing.clone().style("top", &px(top)).style("height", &px(bottom - top));
            }
        }));
    }

    /// The place on the axis: 0 is its left end, 1 its right one.
    fn place(self, x: f64) -> Option<f64> {
        let Rect { left, right, .. } = self.scene.get_untracked()?.plot_css();
        (right > left).then(|| (x - left) / (right - left))
    }

    fn point_at(self, (x, y): (f64, f64)) {
        let (Some(scene), Some(plot)) = (self.scene.get_untracked(), self.plot.get_untracked()) else { return };
        let Rect { left, right, .. } = scene.plot_css();
        let inside = (left - SHORTEST_DRAG..=right + SHORTEST_DRAG).contains(&x);
        match plot.nearest(scene.time_at(x)).filter(|_| inside) {
            Some(time) => self.cursor.point(At { panel: self.panel, time }, Some(y)),
            None => self.cursor.leave(self.panel),
        }
    }

    fn noted(self, _: App, hand: &Shared, pointer: &PointerEvent) {
        let mut noting = hand.borrow_mut();
        let (x, _) = noting.locate(pointer, self.cursor.scrolls());
        let id = pointer.pointer_id();
        if let Some(held) = noting.held.iter_mut().find(|held| held.id == id) {
            held.x = x;
        }
        if noting.due {
            return;
        }
        noting.due = true;
        let hand = Rc::clone(hand);
        request_animation_frame(move || self.moved_on(&hand));
    }

    /// Once a frame.
    fn moved_on(self, hand: &Shared) {
        let mut acting = hand.borrow_mut();
        acting.due = false;
        // The page may be gone by now.
        if self.moved.is_disposed() {
            return;
        }
        match (acting.deed, acting.held.first()) {
            // A finger that has hardly moved may be about to scroll the page.
            (Deed::Point, held) if held.is_none_or(Held::has_travelled) => self.point_at(acting.place),
            (Deed::Select, Some(held)) => {
                self.point_at(acting.place);
                self.selection.set(Some((held.from, held.x)));
            }
            (Deed::Move, Some(_)) => {
                self.cursor.leave(self.panel);
                self.moved.set(self.held_window(&acting));
            }
            _ => {}
        }
    }

    /// The window in which everything that is held is where it is held.
    fn held_window(self, hand: &Hand) -> Option<Window> {
        let mut holds = hand.held.iter().filter_map(|held| Some(Hold { time: held.time, place: self.place(held.x)? }));
        let (first, second) = (holds.next()?, holds.next());
        Some(hand.window.held(first, second, clock::now().max(hand.window.end)))
    }

    fn pressed(self, _: App, hand: &Shared, pointer: &PointerEvent) {
        let mut pressing = hand.borrow_mut();
        pressing.corner = None;
        let (x, _) = pressing.locate(pointer, self.cursor.scrolls());
        let Some(scene) = self.scene.get_untracked() else { return };
        if pointer.button() != 0 {
            return;
        }
        pressing.window = scene.window;
        if pointer.pointer_type() == "touch" {
            pressing.deed = match (pressing.held.len(), pressing.deed) {
                (0, _) => Deed::Point,
                (_, Deed::Done) => Deed::Done,
                _ => Deed::Move,
            };
            pressing.was_pinned = self.cursor.unpin(self.panel);
        } else {
            pressing.held.clear();
            pressing.deed = if pointer.shift_key() { Deed::Move } else { Deed::Select };
            let _ = pressing.chart.set_pointer_capture(pointer.pointer_id());
        }
        pressing.held.push(Held { id: pointer.pointer_id(), from: x, x, time: scene.window.start });
        // Each has what is under it now.
        for held in &mut pressing.held {
            held.time = self.place(held.x).map_or(held.time, |place| scene.window.at(place));
        }
    }

    fn released(self, app: App, hand: &Shared, pointer: &PointerEvent) {
        let mut releasing = hand.borrow_mut();
        let (x, y) = releasing.locate(pointer, self.cursor.scrolls());
        let id = pointer.pointer_id();
        let Some(index) = releasing.held.iter().position(|held| held.id == id) else { return };
        if let Some(held) = releasing.held.get_mut(index) {
            held.x = x;
        }
        let (deed, moved) = (releasing.deed, self.held_window(&releasing));
        let held = releasing.held.remove(index);
        releasing.deed = if releasing.held.is_empty() { Deed::Point } else { Deed::Done };
        let (window, was_pinned) = (releasing.window, releasing.was_pinned && pointer.pointer_type() == "touch");
        drop(releasing);
        self.selection.set(None);
        match deed {
            Deed::Select if held.has_travelled() => {
                let Some(scene) = self.scene.get_untracked() else { return };
                zoom_to(app, Window { start: scene.time_at(x.min(held.from)), end: scene.time_at(x.max(held.from)) });
            }
            Deed::Move => {
                self.moved.set(moved);
                if let Some(moved) = moved.filter(|moved| *moved != window) {
                    zoom_to(app, moved);
                }
            }
            // A second click or tap lets go of what the first has pinned.
            Deed::Select | Deed::Point => {
                if held.has_travelled() || !(was_pinned || self.cursor.unpin(self.panel)) {
                    self.point_at((x, y));
                    self.cursor.pin(self.panel);
                }
            }
            Deed::Done => {}
        }
    }

    /// The browser has taken the gesture for its own, such as scrolling the page.
    fn called_off(self, _: App, hand: &Shared, _: &PointerEvent) {
        let mut ending = hand.borrow_mut();
        ending.held.clear();
        ending.deed = Deed::Point;
        drop(ending);
        self.selection.set(None);
        self.moved.set(None);
        self.cursor.leave(self.panel);
    }

    /// The arrow keys move the crosshair a point at a time, Home and End go to the ends, Enter pins, Escape leaves.
    fn walked(self, event: &Event) {
        let (Some(event), Some(plot)) = (event.dyn_ref::<KeyboardEvent>(), self.plot.get_untracked()) else { return };
        let Some(grid) = plot.series.first().map(|series| series.grid) else { return };
        let (first, last) = (grid.time(0), grid.time(grid.len.saturating_sub(1)));
        let stride = if event.shift_key() { STRIDE * grid.step } else { grid.step };
        let now = untrack(|| self.cursor.shown(self.panel)).map(|at| at.time);
        let time = match event.key().as_str() {
            "ArrowLeft" => Some(now.map_or(last, |time| time - stride)),
            "ArrowRight" => Some(now.map_or(first, |time| time + stride)),
            "Home" => Some(first),
            "End" => Some(last),
            "Enter" => {
                if !self.cursor.unpin(self.panel) {
                    self.cursor.pin(self.panel);
                }
                return;
            }
            // A full screen is left by the next one.
            "Escape" if now.is_some() => None,
            _ => return,
        };
        event.prevent_default();
        self.cursor.unpin(self.panel);
        let time = time.map(|time| time.clamp(first, last));
        match time {
            Some(time) => self.cursor.point(At { panel: self.panel, time }, None),
            None => self.cursor.leave(self.panel),
        }
        self.reached.set_value(time);
        let tell = move || {
            if self.reached.try_get_value() == Some(time) {
                self.told.try_set(time);
            }
        };
        set_timeout(tell, REST);
    }
}

/// Moves a thing from where it stands, CSS px. Nothing else on the page has to be laid out for that.
pub fn shift(thing: &Element, x: f64, y: f64) {
    let _ = thing.clone().style("transform", &format!("translate({},{})", px(x), px(y)));
}

/// CSS pixels.
pub fn px(length: f64) -> String {
    fixed(length, 1) + "px"
}
