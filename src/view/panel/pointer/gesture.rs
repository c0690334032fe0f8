//! The pointers that are pressed on a chart, and their gesture.

use crate::view::panel::pointer::tooltip::Corner;
use leptos::prelude::*;
use model::time::{Millis, Window};
use web_sys::{HtmlElement, PointerEvent};

/// A drag shorter than this is a click, CSS px.
pub const SHORTEST_DRAG: f64 = 6.0;

/// A pressed pointer.
pub struct HeldPointer {
    /// Its `pointerId`.
    pub id: i32,
    /// Where it was pressed, CSS px from the left of the chart.
    pub from: f64,
    /// Where it is now, CSS px from the left of the chart.
    pub x: f64,
    /// The instant that was under it when the last pointer was pressed.
    pub time: Millis,
}

impl HeldPointer {
    /// Whether it has moved too far for a click or tap.
    pub fn has_travelled(&self) -> bool {
        (self.x - self.from).abs() >= SHORTEST_DRAG
    }
}

/// What the pressed pointers do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// They point at an instant.
    Point,
    /// They select a time range to zoom to.
    Select,
    /// They move the time axis, or stretch it with two fingers.
    Move,
    /// The gesture is over, but some pointers are still pressed.
    Done,
}

/// The state of the pointers of a chart.
pub struct PointerState {
    /// The element of the chart.
    pub chart: Option<HtmlElement>,
    /// The position of the chart, and the number of scrolls when it was measured.
    pub corner: Option<(u32, Corner)>,
    /// The pressed pointers.
    pub held: Vec<HeldPointer>,
    /// Their gesture.
    pub gesture: Gesture,
    /// The window when the last pointer was pressed.
    pub window: Window,
    /// Whether the chart was pinned when a finger touched it.
    pub was_pinned: bool,
    /// The last position of the pointer, CSS px from the top left corner of the chart.
    pub place: (f64, f64),
    /// Whether an animation frame is scheduled to handle it.
    pub due: bool,
    /// The instant that the keyboard has reached.
    pub reached: Option<Millis>,
}

impl PointerState {
    /// The position of the chart on the screen. Measures it only if the page was scrolled since.
    pub fn corner(&mut self, scrolls: u32) -> Corner {
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

    /// Updates and returns the position of the pointer, CSS px from the top left corner of the chart.
    pub fn locate(&mut self, pointer: &PointerEvent, scrolls: u32) -> (f64, f64) {
        let Corner { left, top, .. } = self.corner(scrolls);
        self.place = (f64::from(pointer.client_x()) - left, f64::from(pointer.client_y()) - top);
        self.place
    }
}
