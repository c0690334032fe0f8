//! What the pointer or the keyboard points at in a chart: the crosshair, and a drag to zoom.

use super::plot::Plot;
use crate::chart::{Rect, Scene};
use crate::model::decimal::fixed;
use crate::model::time::{Millis, Window};
use crate::state::App;
use crate::view::controls::zoom_to;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

/// A drag shorter than this is a click with a trembling hand, CSS px.
const SHORTEST_DRAG: f64 = 6.0;
/// With shift the arrow keys take so many points at once.
const STRIDE: Millis = 10;

/// What is pointed at, and in what.
#[derive(Clone, Copy)]
pub struct Pointing {
    /// Where things are.
    pub scene: Signal<Option<Arc<Scene>>>,
    /// What there is.
    pub plot: Signal<Option<Arc<Plot>>>,
    /// The instant, moved to the nearest that has samples.
    pub time: RwSignal<Option<Millis>>,
    /// Where a drag began and where it is, CSS px from the left of the canvas.
    drag: RwSignal<Option<(f64, f64)>>,
}

impl Pointing {
    /// Nothing is pointed at yet.
    pub fn new(scene: Signal<Option<Arc<Scene>>>, plot: Signal<Option<Arc<Plot>>>) -> Self {
        Self { scene, plot, time: RwSignal::new(None), drag: RwSignal::new(None) }
    }

    /// Lets `chart` be pointed at, and shows it there.
    pub fn listen(self, app: App, chart: Element) -> Element {
        chart
            .on("pointermove", move |event| self.moved(&event))
            .on("pointerdown", move |event| self.pressed(&event))
            .on("pointerup", move |event| self.released(app, &event))
            .on("pointercancel", move |_| self.drag.set(None))
            .on("pointerleave", move |_| self.time.set(None))
            .on("blur", move |_| self.time.set(None))
            .on("keydown", move |event| self.walked(&event))
            .live(move || self.crosshair())
            .live(move || self.selection())
    }

    fn crosshair(self) -> Option<Element> {
        let (scene, time) = (self.scene.get()?, self.time.get()?);
        let Rect { top, bottom, .. } = scene.plot_css();
        Some(area("crosshair", top, bottom).style("left", &px(scene.x_of(time))))
    }

    fn selection(self) -> Option<Element> {
        let (scene, (from, to)) = (self.scene.get()?, self.drag.get()?);
        let Rect { top, bottom, .. } = scene.plot_css();
        let width = (to - from).abs();
        (width >= SHORTEST_DRAG).then(|| area("selection", top, bottom).style("left", &px(from.min(to))).style("width", &px(width)))
    }

    fn point_at(self, x: f64) {
        let (Some(scene), Some(plot)) = (self.scene.get_untracked(), self.plot.get_untracked()) else { return };
        let Rect { left, right, .. } = scene.plot_css();
        let inside = (left - SHORTEST_DRAG..=right + SHORTEST_DRAG).contains(&x);
        self.time.set(if inside { plot.nearest(scene.time_at(x)) } else { None });
    }

    fn moved(self, event: &Event) {
        let Some((_, x)) = pointer(event) else { return };
        self.point_at(x);
        if let Some((from, _)) = self.drag.get_untracked() {
            self.drag.set(Some((from, x)));
        }
    }

    fn pressed(self, event: &Event) {
        let Some((pointer, x)) = pointer(event) else { return };
        self.point_at(x);
        // A finger scrolls the page and reads values; only a mouse or pen drags a selection.
        if pointer.pointer_type() == "touch" || pointer.button() != 0 {
            return;
        }
        if let Some(chart) = element_of(event) {
            let _ = chart.set_pointer_capture(pointer.pointer_id());
        }
        self.drag.set(Some((x, x)));
    }

    fn released(self, app: App, event: &Event) {
        let Some((from, _)) = self.drag.get_untracked() else { return };
        self.drag.set(None);
        let (Some((_, to)), Some(scene)) = (pointer(event), self.scene.get_untracked()) else { return };
        if (to - from).abs() >= SHORTEST_DRAG {
            zoom_to(app, Window { start: scene.time_at(from.min(to)), end: scene.time_at(from.max(to)) });
        }
    }

    /// The arrow keys move the crosshair a point at a time, Home and End go to the ends, Escape leaves.
    fn walked(self, event: &Event) {
        let (Some(event), Some(plot)) = (event.dyn_ref::<KeyboardEvent>(), self.plot.get_untracked()) else { return };
        let Some(grid) = plot.series.first().map(|series| series.grid) else { return };
        let (first, last) = (grid.time(0), grid.time(grid.len.saturating_sub(1)));
        let stride = if event.shift_key() { STRIDE * grid.step } else { grid.step };
        let now = self.time.get_untracked();
        let time = match event.key().as_str() {
            "ArrowLeft" => Some(now.map_or(last, |time| time - stride)),
            "ArrowRight" => Some(now.map_or(first, |time| time + stride)),
            "Home" => Some(first),
            "End" => Some(last),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        self.time.set(time.map(|time| time.clamp(first, last)));
    }
}

fn area(class: &str, top: f64, bottom: f64) -> Element {
    el("div").class(class).style("top", &px(top)).style("height", &px(bottom - top))
}

/// CSS pixels.
pub fn px(length: f64) -> String {
    fixed(length, 1) + "px"
}

fn element_of(event: &Event) -> Option<web_sys::Element> {
    event.current_target()?.dyn_into().ok()
}

/// The pointer, and where it is, CSS px from the left of the chart.
fn pointer(event: &Event) -> Option<(&PointerEvent, f64)> {
    let pointer = event.dyn_ref::<PointerEvent>()?;
    Some((pointer, f64::from(pointer.client_x()) - element_of(event)?.get_bounding_client_rect().left()))
}
