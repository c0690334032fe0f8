//! What the pointer, fingers and the keyboard do to a chart: point at an instant, pin it, zoom, pan.
//!
//! A move is cheap: it is only noted, and acted upon once a frame, without asking the browser where things are.

use crate::state::{App, clock};
use crate::view::controls::{zoom_out, zoom_to};
use crate::view::panel::charts::plot::Plot;
use crate::view::panel::kinds::time_series::Charted;
use crate::view::panel::pointer::cursor::{At, Cursor};
use crate::view::panel::pointer::tooltip::Tooltip;
use crate::view::ui::{Element, el, follow};
use chart::{Rect, Scene};
use leptos::prelude::*;
use model::dashboard::Panel;
use model::gesture::Hold;
use model::time::{Millis, Window};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use text::decimal::fixed;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent};

/// A drag shorter than this is a click with a trembling hand, CSS px.
const SHORTEST_DRAG: f64 = 6.0;
/// With shift the arrow keys take so many points at once.
const STRIDE: Millis = 10;
/// Keys that are still for so long rest: who holds one down need not hear each point.
const REST: Duration = Duration::from_millis(250);
/// Where a thing is that is not to be seen, CSS px. Far out rather than taken away: then nothing else has to move.
const OUT: f64 = -9_999.0;

/// A chart that can be pointed at.
pub struct Pointing {
    app: App,
    /// The panel.
    pub panel: Arc<Panel>,
    /// The cursor of the dashboard.
    pub cursor: Cursor,
    /// Where things are.
    pub scene: Signal<Option<Arc<Scene>>>,
    /// What there is.
    pub plot: Signal<Option<Arc<Plot>>>,
    /// The window that a hand has moved the axis to, until the data for it is there.
    moved: RwSignal<Option<Window>>,
    crosshair: Element,
    selection: Element,
    tooltip: RefCell<Tooltip>,
    hand: RefCell<Hand>,
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

/// Where a chart is on the screen, and how large that is, CSS px.
#[derive(Clone, Copy)]
pub struct Corner {
    /// From the left edge of the screen.
    pub left: f64,
    /// From its upper edge.
    pub top: f64,
    /// Width and height of the screen.
    pub screen: (f64, f64),
}

struct Hand {
    chart: Option<HtmlElement>,
    /// Where the chart is, and the count of scrolls at which that was so.
    corner: Option<(u32, Corner)>,
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
    /// Where the keyboard is.
    reached: Option<Millis>,
}

impl Drop for Pointing {
    fn drop(&mut self) {
        self.cursor.forget(self.panel.id);
    }
}

/// Lets `chart` be pointed at, and answers to what pointers and keys did before.
pub fn attach(chart: &Charted, before: &[Event]) {
    let pointing = Pointing::new(chart);
    pointing.listen(chart.picture.clone());
    for event in before {
        match (event.type_().as_str(), event.dyn_ref::<PointerEvent>()) {
            ("pointerdown", Some(pointer)) => pointing.pressed(pointer),
            ("pointerup", Some(pointer)) => pointing.released(pointer),
            (_, Some(pointer)) => pointing.noted(pointer),
            _ => pointing.walked(event),
        }
    }
}

impl Pointing {
    fn new(chart: &Charted) -> Rc<Self> {
        let Charted { app, board, panel, plot, scene, moved, .. } = chart;
        let tooltip = Tooltip::new(chart);
        let hand = Hand {
            chart: None,
            corner: None,
            held: Vec::new(),
            deed: Deed::Point,
            window: Window { start: 0, end: 0 },
            was_pinned: false,
            place: (0.0, 0.0),
            due: false,
            reached: None,
        };
        Rc::new(Self {
            app: *app,
            panel: Arc::clone(panel),
            cursor: board.cursor.clone(),
            scene: *scene,
            plot: *plot,
            moved: *moved,
            crosshair: el("div").class("crosshair"),
            selection: el("div").class("selection"),
            tooltip: RefCell::new(tooltip),
            hand: RefCell::new(hand),
        })
    }

    /// Listens on `chart`, and shows on it what is pointed at.
    fn listen(self: &Rc<Self>, chart: Element) {
        self.hand.borrow_mut().chart = chart.node().clone().dyn_into().ok();
        let this = Rc::clone(self);
        let show: Rc<dyn Fn()> = Rc::new(move || this.show());
        self.cursor.follow(&show);
        let this = Rc::clone(self);
        follow(Box::new(move || {
            this.tooltip.borrow_mut().refresh();
            this.stand_in_plot();
            show();
        }));
        // What comes was asked for: the picture is that of its own window again.
        let (plot, moved) = (self.plot, self.moved);
        follow(Box::new(move || {
            plot.track();
            moved.set(None);
        }));
        let on = |handle: fn(&Rc<Self>, &PointerEvent)| {
            let this = Rc::clone(self);
            move |event: Event| {
                if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
                    handle(&this, pointer);
                }
            }
        };
        let leave = |this: &Rc<Self>| {
            let this = Rc::clone(this);
            move |_| this.cursor.leave(this.panel.id)
        };
        let (pressing, zooming) = (Rc::clone(self), Rc::clone(self));
        let _ = chart
            .on("pointerenter", on(|this, _| this.hand.borrow_mut().corner = None))
            .on("pointermove", on(Self::noted))
            .on("pointerdown", on(|this, pointer| this.pressed(pointer)))
            .on("pointerup", on(|this, pointer| this.released(pointer)))
            .on("pointercancel", on(|this, _| this.called_off()))
            .on("pointerleave", leave(self))
            .on("blur", leave(self))
            .on("dblclick", move |_| {
                zooming.cursor.unpin(zooming.panel.id);
                zoom_out(zooming.app);
            })
            .on("keydown", move |event| pressing.walked(&event))
            .child(self.crosshair.clone())
            .child(self.selection.clone());
    }

    /// Where the chart is on the screen. Measures only where something may have moved since.
    pub fn corner(&self) -> Corner {
        self.hand.borrow_mut().corner(self.cursor.scrolls())
    }

    /// Shows the line at the instant, and the values there.
    fn show(&self) {
        let x = self.cursor.shown(self.panel.id).zip(self.scene.get_untracked()).and_then(|(at, scene)| {
            let (x, Rect { left, right, .. }) = (scene.x_of(at.time), scene.plot_css());
            (left - 1.0..=right + 1.0).contains(&x).then_some(x)
        });
        shift(&self.crosshair, x.unwrap_or(OUT), 0.0);
        // Zone and language are as they are: the page follows them.
        untrack(|| self.tooltip.borrow_mut().show(self));
    }

    /// Shows what is selected, from where to where.
    fn select(&self, from: f64, to: f64) {
        let width = (to - from).abs();
        let width = if width < SHORTEST_DRAG { 0.0 } else { width };
        let _ = self.selection.clone().style("width", &px(width));
        shift(&self.selection, from.min(to), 0.0);
    }

    /// Keeps line and selection as high as the plot.
    fn stand_in_plot(&self) {
        if let Some(scene) = self.scene.get() {
            let Rect { top, bottom, .. } = scene.plot_css();
            for thing in [&self.crosshair, &self.selection] {
                let _ = thing.clone().style("top", &px(top)).style("height", &px(bottom - top));
            }
        }
    }

    /// The place on the axis: 0 is its left end, 1 its right one.
    fn place(&self, x: f64) -> Option<f64> {
        let Rect { left, right, .. } = self.scene.get_untracked()?.plot_css();
        (right > left).then(|| (x - left) / (right - left))
    }

    fn point_at(&self, (x, y): (f64, f64)) {
        let (Some(scene), Some(plot)) = (self.scene.get_untracked(), self.plot.get_untracked()) else { return };
        let Rect { left, right, .. } = scene.plot_css();
        let inside = (left - SHORTEST_DRAG..=right + SHORTEST_DRAG).contains(&x);
        match plot.nearest(scene.time_at(x)).filter(|_| inside) {
            Some(time) => self.cursor.point(At { panel: self.panel.id, time, depth: Some(y) }),
            None => self.cursor.leave(self.panel.id),
        }
    }

    fn noted(self: &Rc<Self>, pointer: &PointerEvent) {
        let mut hand = self.hand.borrow_mut();
        let (x, _) = hand.locate(pointer, self.cursor.scrolls());
        let id = pointer.pointer_id();
        if let Some(held) = hand.held.iter_mut().find(|held| held.id == id) {
            held.x = x;
        }
        if !hand.due {
            hand.due = true;
            let this = Rc::clone(self);
            request_animation_frame(move || this.moved_on());
        }
    }

    /// Once a frame.
    fn moved_on(&self) {
        // The page may be gone by now.
        if self.moved.is_disposed() {
            return;
        }
        let mut hand = self.hand.borrow_mut();
        hand.due = false;
        let (deed, place) = (hand.deed, hand.place);
        let first = hand.held.first().map(|held| (held.from, held.x, held.has_travelled()));
        let window = if deed == Deed::Move { self.held_window(&hand) } else { None };
        drop(hand);
        match (deed, first) {
            // A finger that has hardly moved may be about to scroll the page.
            (Deed::Point, first) if first.is_none_or(|(_, _, travelled)| travelled) => self.point_at(place),
            (Deed::Select, Some((from, x, _))) => {
                self.point_at(place);
                self.select(from, x);
            }
            (Deed::Move, Some(_)) => {
                self.cursor.leave(self.panel.id);
                self.moved.set(window);
            }
            _ => {}
        }
    }

    /// The window in which everything that is held is where it is held.
    fn held_window(&self, hand: &Hand) -> Option<Window> {
        let mut holds = hand.held.iter().filter_map(|held| Some(Hold { time: held.time, place: self.place(held.x)? }));
        let (first, second) = (holds.next()?, holds.next());
        Some(hand.window.held(first, second, clock::now().max(hand.window.end)))
    }

    fn pressed(&self, pointer: &PointerEvent) {
        let Some(scene) = self.scene.get_untracked().filter(|_| pointer.button() == 0) else { return };
        let is_finger = pointer.pointer_type() == "touch";
        let was_pinned = is_finger && self.cursor.unpin(self.panel.id);
        let mut hand = self.hand.borrow_mut();
        hand.corner = None;
        let (x, _) = hand.locate(pointer, self.cursor.scrolls());
        hand.window = scene.window;
        hand.was_pinned = was_pinned;
        if is_finger {
            hand.deed = match (hand.held.len(), hand.deed) {
                (0, _) => Deed::Point,
                (_, Deed::Done) => Deed::Done,
                _ => Deed::Move,
            };
        } else {
            hand.held.clear();
            hand.deed = if pointer.shift_key() { Deed::Move } else { Deed::Select };
            if let Some(chart) = &hand.chart {
                let _ = chart.set_pointer_capture(pointer.pointer_id());
            }
        }
        hand.held.push(Held { id: pointer.pointer_id(), from: x, x, time: scene.window.start });
        // Each has what is under it now.
        for held in &mut hand.held {
            held.time = self.place(held.x).map_or(held.time, |place| scene.window.at(place));
        }
    }

    fn released(&self, pointer: &PointerEvent) {
        let mut hand = self.hand.borrow_mut();
        let place = hand.locate(pointer, self.cursor.scrolls());
        let id = pointer.pointer_id();
        let Some(index) = hand.held.iter().position(|held| held.id == id) else { return };
        if let Some(held) = hand.held.get_mut(index) {
            held.x = place.0;
        }
        let (deed, window, moved, was_pinned) = (hand.deed, hand.window, self.held_window(&hand), hand.was_pinned);
        let held = hand.held.remove(index);
        hand.deed = if hand.held.is_empty() { Deed::Point } else { Deed::Done };
        drop(hand);
        self.select(OUT, OUT);
        match deed {
            Deed::Select if held.has_travelled() => {
                let Some(scene) = self.scene.get_untracked() else { return };
                zoom_to(self.app, Window { start: scene.time_at(held.x.min(held.from)), end: scene.time_at(held.x.max(held.from)) });
            }
            Deed::Move => {
                self.moved.set(moved);
                if let Some(moved) = moved.filter(|moved| *moved != window) {
                    zoom_to(self.app, moved);
                }
            }
            // A second click or tap lets go of what the first has pinned.
            Deed::Select | Deed::Point => {
                if held.has_travelled() || !(was_pinned || self.cursor.unpin(self.panel.id)) {
                    self.point_at(place);
                    self.cursor.pin(self.panel.id);
                }
            }
            Deed::Done => {}
        }
    }

    /// The browser has taken the gesture for its own, such as scrolling the page.
    fn called_off(&self) {
        let mut hand = self.hand.borrow_mut();
        hand.held.clear();
        hand.deed = Deed::Point;
        drop(hand);
        self.select(OUT, OUT);
        self.moved.set(None);
        self.cursor.leave(self.panel.id);
    }

    /// The arrow keys move the crosshair a point at a time, Home and End go to the ends, Enter pins, Escape leaves.
    fn walked(self: &Rc<Self>, event: &Event) {
        let (Some(event), Some(plot)) = (event.dyn_ref::<KeyboardEvent>(), self.plot.get_untracked()) else { return };
        let Some(grid) = plot.series.first().map(|series| series.grid) else { return };
        let (first, last) = (grid.time(0), grid.time(grid.len.saturating_sub(1)));
        let stride = if event.shift_key() { STRIDE * grid.step } else { grid.step };
        let (panel, now) = (self.panel.id, self.cursor.shown(self.panel.id).map(|at| at.time));
        let time = match event.key().as_str() {
            "ArrowLeft" => Some(now.map_or(last, |time| time - stride)),
            "ArrowRight" => Some(now.map_or(first, |time| time + stride)),
            "Home" => Some(first),
            "End" => Some(last),
            "Enter" => {
                if !self.cursor.unpin(panel) {
                    self.cursor.pin(panel);
                }
                return;
            }
            // A full screen is left by the next one.
            "Escape" if now.is_some() => None,
            _ => return,
        };
        event.prevent_default();
        self.cursor.unpin(panel);
        let time = time.map(|time| time.clamp(first, last));
        match time {
            Some(time) => self.cursor.point(At { panel, time, depth: None }),
            None => self.cursor.leave(panel),
        }
        self.hand.borrow_mut().reached = time;
        let this = Rc::clone(self);
        let tell = move || {
            if !this.moved.is_disposed() && this.hand.borrow().reached == time {
                untrack(|| this.tooltip.borrow().tell(&this, time));
            }
        };
        set_timeout(tell, REST);
    }
}

impl Hand {
    fn corner(&mut self, scrolls: u32) -> Corner {
        if let Some((measured, corner)) = self.corner
            && measured == scrolls
        {
            return corner;
        }
        let (left, top) = self.chart.as_ref().map_or((0.0, 0.0), |chart| {
            let rect = chart.get_bounding_client_rect();
            (rect.left(), rect.top())
        });
        let root = document().document_element();
        let screen = root.map_or((0.0, 0.0), |root| (f64::from(root.client_width()), f64::from(root.client_height())));
        let corner = Corner { left, top, screen };
        self.corner = Some((scrolls, corner));
        corner
    }

    /// Where the pointer is, CSS px from the corner of the chart.
    fn locate(&mut self, pointer: &PointerEvent, scrolls: u32) -> (f64, f64) {
        let Corner { left, top, .. } = self.corner(scrolls);
        self.place = (f64::from(pointer.client_x()) - left, f64::from(pointer.client_y()) - top);
        self.place
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
