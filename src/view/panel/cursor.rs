//! Where a dashboard is pointed at: one instant for all its panels, and one that a click has pinned.

use crate::model::dashboard::CursorSync;
use crate::model::time::Millis;
use leptos::ev;
use leptos::prelude::*;

/// An instant in a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At {
    /// The id of the panel.
    pub panel: u32,
    /// The instant.
    pub time: Millis,
}

/// How far below the top of its chart the pointer is, CSS px; the keyboard has no such place.
type Depth = Option<f64>;

/// The cursor of a dashboard.
#[derive(Clone, Copy)]
pub struct Cursor {
    at: RwSignal<Option<At>>,
    pin: RwSignal<Option<At>>,
    /// Of `at` and of `pin`. Not in them, because only the panel itself follows it.
    depths: RwSignal<(Depth, Depth)>,
    /// What panels that are not pointed at show.
    pub sync: CursorSync,
    /// Counts what has moved charts on the screen: where one was before says nothing any more.
    scrolls: StoredValue<u32>,
}

impl Cursor {
    /// Points nowhere yet.
    pub fn new(sync: CursorSync) -> Self {
        let scrolls = StoredValue::new(0_u32);
        let count = move || {
            let _ = scrolls.try_update_value(|count| *count = count.wrapping_add(1));
        };
        let listeners = [window_event_listener(ev::scroll, move |_| count()), window_event_listener(ev::resize, move |_| count())];
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
        Self { at: RwSignal::new(None), pin: RwSignal::new(None), depths: RwSignal::new((None, None)), sync, scrolls }
    }

    /// What `panel` shows: where it is pinned, else where the pointer is, else what is pinned elsewhere.
    pub fn shown(self, panel: u32) -> Option<At> {
        let concerns = |at: &At| at.panel == panel || self.sync != CursorSync::Off;
        let (at, pin) = (self.at.get().filter(concerns), self.pin.get().filter(concerns));
        pin.filter(|pin| pin.panel == panel).or(at).or(pin)
    }

    /// How far below the top of the chart `panel` is pointed at.
    pub fn depth(self, panel: u32) -> Depth {
        let (at, pin) = self.depths.get();
        if self.is_pinned(panel) { pin } else { at }
    }

    /// Whether `panel` is pinned.
    pub fn is_pinned(self, panel: u32) -> bool {
        self.pin.with(|pin| pin.is_some_and(|pin| pin.panel == panel))
    }

    /// The pointer is there. Over what is pinned it points at nothing else.
    pub fn point(self, at: At, depth: Depth) {
        if untrack(|| self.is_pinned(at.panel)) {
            self.leave(at.panel);
            return;
        }
        if self.at.get_untracked() != Some(at) {
            self.at.set(Some(at));
        }
        if self.depths.get_untracked().0 != depth {
            self.depths.update(|depths| depths.0 = depth);
        }
    }

    /// The pointer has left `panel`.
    pub fn leave(self, panel: u32) {
        if self.at.get_untracked().is_some_and(|at| at.panel == panel) {
            self.at.set(None);
        }
    }

    /// Keeps what `panel` is pointed at.
    pub fn pin(self, panel: u32) {
        if let Some(at) = self.at.get_untracked().filter(|at| at.panel == panel) {
            self.pin.set(Some(at));
            self.depths.update(|depths| depths.1 = depths.0);
            self.at.set(None);
        }
    }

    /// Lets go of what is pinned in `panel`; true if there was something.
    pub fn unpin(self, panel: u32) -> bool {
        let was = untrack(|| self.is_pinned(panel));
        if was {
            self.pin.set(None);
        }
        was
    }

    /// How often charts have moved on the screen.
    pub fn scrolls(self) -> u32 {
        self.scrolls.get_value()
    }
}
