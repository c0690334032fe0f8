//! The pointers that are down on a chart, and what they do.

use crate::view::panel::pointer::tooltip::Corner;
use leptos::prelude::*;
use model::time::{Millis, Window};
use web_sys::{HtmlElement, PointerEvent};

/// A drag shorter than this is a click with a trembling hand, CSS px.
pub const SHORTEST_DRAG: f64 = 6.0;

/// A pointer that is down.
pub struct HeldPointer {
    /// The id that the browser has given it.
    pub id: i32,
    /// Where it went down, CSS px from the left of the chart.
    pub from: f64,
    /// The same, now.
    pub x: f64,
    /// What was under it.
    pub time: Millis,
}

impl HeldPointer {
    /// Whether it has come so far that it is no click or tap.
    pub fn has_travelled(&self) -> bool {
        (self.x - self.from).abs() >= SHORTEST_DRAG
    }
}

/// What the pointers that are down do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// They point.
    Point,
    /// They select what to zoom to.
    Select,
    /// They move the axis.
    Move,
    /// They did something, and have not all let go of it.
    Done,
}

/// The pointers of a chart.
pub struct PointerState {
    /// The chart.
    pub chart: Option<HtmlElement>,
    /// Where the chart is, and the count of scrolls at which that was so.
    pub corner: Option<(u32, Corner)>,
    /// Those that are down.
    pub held: Vec<HeldPointer>,
    /// What they do.
    pub gesture: Gesture,
    /// The window that is being moved.
    pub window: Window,
    /// Whether the chart was pinned when a finger came down on it.
    pub was_pinned: bool,
    /// Where the pointer was last, CSS px from the corner.
    pub place: (f64, f64),
    /// Whether a frame will act on that.
    pub due: bool,
    /// Where the keyboard is.
    pub reached: Option<Millis>,
}

impl PointerState {
    /// Where the chart is on the screen. Measures only where the page was scrolled since.
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

    /// Where the pointer is, CSS px from the corner of the chart.
    pub fn locate(&mut self, pointer: &PointerEvent, scrolls: u32) -> (f64, f64) {
        let Corner { left, top, .. } = self.corner(scrolls);
        self.place = (f64::from(pointer.client_x()) - left, f64::from(pointer.client_y()) - top);
        self.place
    }
}
