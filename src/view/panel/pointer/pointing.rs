//! Mouse, touch and keyboard on a time series chart: point at an instant, pin it, zoom, pan.
//!
//! A pointer move is cheap: it only stores the position. Once per animation frame the position is handled, without measuring the layout.

use crate::state::{App, clock};
use crate::view::controls::{zoom_out, zoom_to};
use crate::view::panel::charts::chart_handle::ChartHandle;
use crate::view::panel::charts::plot::Plot;
use crate::view::panel::pointer::cursor::{At, Cursor};
use crate::view::panel::pointer::gesture::{Gesture, HeldPointer, PointerState, SHORTEST_DRAG};
use crate::view::panel::pointer::tooltip::{Corner, Pointed, Tooltip};
use crate::view::ui::{Element, el, follow, px, shift};
use chart::{Rect, Scene};
use leptos::prelude::*;
use model::gesture::Hold;
use model::time::{Millis, Window};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

/// With Shift the arrow keys move by this many points.
const STRIDE: Millis = 10;
/// After this pause without keys a screen reader gets the values, so that it does not read each point while a key is held down.
const ANNOUNCE_DELAY: Duration = Duration::from_millis(250);
/// The position of hidden elements, CSS px. Off screen rather than removed, so that the browser does not lay out the page again.
const OFF_SCREEN: f64 = -9_999.0;

/// The handlers of a chart and the elements that move with the pointer.
struct ChartPointer {
    app: App,
    /// The id of the panel.
    panel: u32,
    /// The cursor of the dashboard.
    cursor: Cursor,
    /// The chart as it is drawn.
    scene: Signal<Option<Arc<Scene>>>,
    /// The series of the chart.
    plot: Signal<Option<Arc<Plot>>>,
    /// The window that a drag has moved the axis to, until its data is loaded.
    moved: RwSignal<Option<Window>>,
    crosshair: Element,
    selection: Element,
    tooltip: RefCell<Tooltip>,
    state: RefCell<PointerState>,
}

impl Drop for ChartPointer {
    fn drop(&mut self) {
        self.cursor.forget(self.panel);
    }
}

/// Attaches the handlers to `chart`, and replays the events `before`.
pub fn attach(chart: &ChartHandle, before: &[Event]) {
    let pointing = ChartPointer::new(chart);
    pointing.listen(chart.picture.clone());
    for event in before {
        match (event.type_().as_str(), event.dyn_ref::<PointerEvent>()) {
            ("pointerdown", Some(pointer)) => pointing.on_down(pointer),
            ("pointerup", Some(pointer)) => pointing.on_up(pointer),
            (_, Some(pointer)) => pointing.on_move(pointer),
            _ => pointing.on_key(event),
        }
    }
}

impl ChartPointer {
    fn new(chart: &ChartHandle) -> Rc<Self> {
        let ChartHandle { app, board, panel, plot, scene, moved, .. } = chart;
        let tooltip = Tooltip::new(chart);
        let state = PointerState {
            chart: None,
            corner: None,
            held: Vec::new(),
            gesture: Gesture::Point,
            window: Window { start: 0, end: 0 },
            was_pinned: false,
            place: (0.0, 0.0),
            due: false,
            reached: None,
        };
        Rc::new(Self {
            app: *app,
            panel: panel.id,
            cursor: board.cursor.clone(),
            scene: *scene,
            plot: *plot,
            moved: *moved,
            crosshair: el("div").class("crosshair"),
            selection: el("div").class("selection"),
            tooltip: RefCell::new(tooltip),
            state: RefCell::new(state),
        })
    }

    /// Adds the listeners, the crosshair and the selection to `chart`.
    fn listen(self: &Rc<Self>, chart: Element) {
        self.state.borrow_mut().chart = chart.node().clone().dyn_into().ok();
        let this = Rc::clone(self);
        let show: Rc<dyn Fn()> = Rc::new(move || this.show());
        self.cursor.follow(&show);
        let this = Rc::clone(self);
        follow(Box::new(move || {
            this.tooltip.borrow_mut().refresh();
            this.align_with_plot();
            show();
        }));
        // New data ends the drag: the chart shows the window of the data again.
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
            move |_| this.cursor.leave(this.panel)
        };
        let (pressing, zooming) = (Rc::clone(self), Rc::clone(self));
        let _ = chart
            .on("pointerenter", on(|this, _| this.state.borrow_mut().corner = None))
            .on("pointermove", on(Self::on_move))
            .on("pointerdown", on(|this, pointer| this.on_down(pointer)))
            .on("pointerup", on(|this, pointer| this.on_up(pointer)))
            .on("pointercancel", on(|this, _| this.on_cancel()))
            .on("pointerleave", leave(self))
            .on("blur", leave(self))
            .on("dblclick", move |_| {
                zooming.cursor.unpin(zooming.panel);
                zoom_out(zooming.app);
            })
            .on("keydown", move |event| pressing.on_key(&event))
            .child(self.crosshair.clone())
            .child(self.selection.clone());
    }

    /// The position of the chart on the screen. Measures it only if the page was scrolled since.
    fn corner(&self) -> Corner {
        self.state.borrow_mut().corner(self.cursor.scrolls())
    }

    /// Shows the crosshair at the instant of the cursor, and the values there.
    fn show(&self) {
        let x = self.cursor.shown(self.panel).zip(self.scene.get_untracked()).and_then(|(at, scene)| {
            let (x, Rect { left, right, .. }) = (scene.x_of(at.time), scene.plot_css());
            (left - 1.0..=right + 1.0).contains(&x).then_some(x)
        });
        shift(&self.crosshair, x.unwrap_or(OFF_SCREEN), 0.0);
        // Untracked: after a change of time zone or language the chart is drawn again anyway.
        untrack(|| {
            let (plot, scene) = (self.plot.get_untracked(), self.scene.get_untracked());
            let corner = || self.corner();
            let pointed =
                plot.as_deref().zip(scene.as_deref()).map(|(plot, scene)| Pointed { cursor: &self.cursor, plot, scene, corner: &corner });
            self.tooltip.borrow_mut().show(pointed.as_ref());
        });
    }

    /// Shows the selection between two positions, CSS px.
    fn select(&self, from: f64, to: f64) {
        let width = (to - from).abs();
        let width = if width < SHORTEST_DRAG { 0.0 } else { width };
        let _ = self.selection.clone().style("width", &px(width));
        shift(&self.selection, from.min(to), 0.0);
    }

    /// Gives crosshair and selection the height of the plot.
    fn align_with_plot(&self) {
        if let Some(scene) = self.scene.get() {
            let Rect { top, bottom, .. } = scene.plot_css();
            for thing in [&self.crosshair, &self.selection] {
                let _ = thing.clone().style("top", &px(top)).style("height", &px(bottom - top));
            }
        }
    }

    /// The position on the time axis: 0 is its left end, 1 its right end.
    fn place(&self, x: f64) -> Option<f64> {
        let Rect { left, right, .. } = self.scene.get_untracked()?.plot_css();
        (right > left).then(|| (x - left) / (right - left))
    }

    fn point_at(&self, (x, y): (f64, f64)) {
        let (Some(scene), Some(plot)) = (self.scene.get_untracked(), self.plot.get_untracked()) else { return };
        let Rect { left, right, .. } = scene.plot_css();
        let inside = (left - SHORTEST_DRAG..=right + SHORTEST_DRAG).contains(&x);
        match plot.nearest(scene.time_at(x)).filter(|_| inside) {
            Some(time) => self.cursor.point(At { panel: self.panel, time, depth: Some(y) }),
            None => self.cursor.leave(self.panel),
        }
    }

    fn on_move(self: &Rc<Self>, pointer: &PointerEvent) {
        let mut state = self.state.borrow_mut();
        let (x, _) = state.locate(pointer, self.cursor.scrolls());
        let id = pointer.pointer_id();
        if let Some(held) = state.held.iter_mut().find(|held| held.id == id) {
            held.x = x;
        }
        if !state.due {
            state.due = true;
            let this = Rc::clone(self);
            request_animation_frame(move || this.on_frame());
        }
    }

    /// Handles the last move, once per animation frame.
    fn on_frame(&self) {
        // The chart may have been removed by now.
        if self.moved.is_disposed() {
            return;
        }
        let mut state = self.state.borrow_mut();
        state.due = false;
        let (gesture, place) = (state.gesture, state.place);
        let first = state.held.first().map(|held| (held.from, held.x, held.has_travelled()));
        let window = if gesture == Gesture::Move { self.held_window(&state) } else { None };
        drop(state);
        match (gesture, first) {
            // A finger that has hardly moved may be about to scroll the page.
            (Gesture::Point, first) if first.is_none_or(|(_, _, travelled)| travelled) => self.point_at(place),
            (Gesture::Select, Some((from, x, _))) => {
                self.point_at(place);
                self.select(from, x);
            }
            (Gesture::Move, Some(_)) => {
                self.cursor.leave(self.panel);
                self.moved.set(window);
            }
            _ => {}
        }
    }

    /// The window in which each held instant is under its pointer.
    fn held_window(&self, state: &PointerState) -> Option<Window> {
        let mut holds = state.held.iter().filter_map(|held| Some(Hold { time: held.time, place: self.place(held.x)? }));
        let (first, second) = (holds.next()?, holds.next());
        Some(state.window.held(first, second, clock::now().max(state.window.end)))
    }

    fn on_down(&self, pointer: &PointerEvent) {
        let Some(scene) = self.scene.get_untracked().filter(|_| pointer.button() == 0) else { return };
        let is_finger = pointer.pointer_type() == "touch";
        let was_pinned = is_finger && self.cursor.unpin(self.panel);
        let mut state = self.state.borrow_mut();
        state.corner = None;
        let (x, _) = state.locate(pointer, self.cursor.scrolls());
        state.window = scene.window;
        state.was_pinned = was_pinned;
        if is_finger {
            state.gesture = match (state.held.len(), state.gesture) {
                (0, _) => Gesture::Point,
                (_, Gesture::Done) => Gesture::Done,
                _ => Gesture::Move,
            };
        } else {
            state.held.clear();
            state.gesture = if pointer.shift_key() { Gesture::Move } else { Gesture::Select };
            if let Some(chart) = &state.chart {
                let _ = chart.set_pointer_capture(pointer.pointer_id());
            }
        }
        state.held.push(HeldPointer { id: pointer.pointer_id(), from: x, x, time: scene.window.start });
        // Each pointer holds the instant that is under it now.
        for held in &mut state.held {
            held.time = self.place(held.x).map_or(held.time, |place| scene.window.at(place));
        }
    }

    fn on_up(&self, pointer: &PointerEvent) {
        let mut state = self.state.borrow_mut();
        let place = state.locate(pointer, self.cursor.scrolls());
        let id = pointer.pointer_id();
        let Some(index) = state.held.iter().position(|held| held.id == id) else { return };
        if let Some(held) = state.held.get_mut(index) {
            held.x = place.0;
        }
        let (gesture, window, moved, was_pinned) = (state.gesture, state.window, self.held_window(&state), state.was_pinned);
        let held = state.held.remove(index);
        state.gesture = if state.held.is_empty() { Gesture::Point } else { Gesture::Done };
        drop(state);
        self.select(OFF_SCREEN, OFF_SCREEN);
        match gesture {
            Gesture::Select if held.has_travelled() => {
                let Some(scene) = self.scene.get_untracked() else { return };
                zoom_to(self.app, Window { start: scene.time_at(held.x.min(held.from)), end: scene.time_at(held.x.max(held.from)) });
            }
            Gesture::Move => {
                self.moved.set(moved);
                if let Some(moved) = moved.filter(|moved| *moved != window) {
                    zoom_to(self.app, moved);
                }
            }
            // A second click or tap unpins.
            Gesture::Select | Gesture::Point => {
                if held.has_travelled() || !(was_pinned || self.cursor.unpin(self.panel)) {
                    self.point_at(place);
                    self.cursor.pin(self.panel);
                }
            }
            Gesture::Done => {}
        }
    }

    /// The browser has taken over the gesture, for example to scroll the page.
    fn on_cancel(&self) {
        let mut state = self.state.borrow_mut();
        state.held.clear();
        state.gesture = Gesture::Point;
        drop(state);
        self.select(OFF_SCREEN, OFF_SCREEN);
        self.moved.set(None);
        self.cursor.leave(self.panel);
    }

    /// The arrow keys move the crosshair a point at a time, Home and End go to the ends, Enter pins, Escape leaves.
    fn on_key(self: &Rc<Self>, event: &Event) {
        let (Some(event), Some(plot)) = (event.dyn_ref::<KeyboardEvent>(), self.plot.get_untracked()) else { return };
        let Some(grid) = plot.series.first().map(|series| series.grid) else { return };
        let (first, last) = (grid.time(0), grid.time(grid.len.saturating_sub(1)));
        let stride = if event.shift_key() { STRIDE * grid.step } else { grid.step };
        let (panel, now) = (self.panel, self.cursor.shown(self.panel).map(|at| at.time));
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
            // Without a cursor, Escape is left to the browser: it ends full screen.
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
        self.state.borrow_mut().reached = time;
        let this = Rc::clone(self);
        let tell = move || {
            if !this.moved.is_disposed() && this.state.borrow().reached == time {
                untrack(|| this.tooltip.borrow().tell(this.plot.get_untracked().as_deref(), time));
            }
        };
        set_timeout(tell, ANNOUNCE_DELAY);
    }
}
