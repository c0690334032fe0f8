//! The cursor of a dashboard: one instant for all its panels, and one that a click has pinned.
//!
//! It uses no signals: each pointer move would run an effect for each panel, and the effect costs more than the work in it.

use leptos::ev;
use leptos::prelude::*;
use model::dashboard::CursorSync;
use model::time::Millis;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// An instant in a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At {
    /// The id of the panel.
    pub panel: u32,
    /// The instant.
    pub time: Millis,
    /// The distance of the pointer from the top of the chart, CSS px; `None` for the keyboard.
    pub depth: Option<f64>,
}

/// The cursor of a dashboard. A handle.
#[derive(Clone)]
pub struct Cursor(Rc<Inner>);

struct Inner {
    at: Cell<Option<At>>,
    pin: Cell<Option<At>>,
    sync: CursorSync,
    scrolls: Cell<u32>,
    followers: RefCell<Vec<Weak<dyn Fn()>>>,
}

impl Cursor {
    /// A cursor that points nowhere. `sync` is what the panels without the pointer show.
    pub fn new(sync: CursorSync) -> Self {
        let inner = Inner { at: Cell::default(), pin: Cell::default(), sync, scrolls: Cell::default(), followers: RefCell::default() };
        let cursor = Self(Rc::new(inner));
        let counting = cursor.clone();
        let count: Rc<dyn Fn()> = Rc::new(move || counting.0.scrolls.set(counting.0.scrolls.get().wrapping_add(1)));
        let too = Rc::clone(&count);
        let listeners = [window_event_listener(ev::scroll, move |_| count()), window_event_listener(ev::resize, move |_| too())];
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
        cursor
    }

    /// Calls `show` whenever the cursor has changed, as long as the caller keeps `show`.
    pub fn follow(&self, show: &Rc<dyn Fn()>) {
        self.0.followers.borrow_mut().push(Rc::downgrade(show));
    }

    /// The instant that `panel` shows: its own pin, else that of the pointer, else the pin of another panel.
    pub fn shown(&self, panel: u32) -> Option<At> {
        let concerns = |at: &At| at.panel == panel || self.0.sync != CursorSync::Off;
        let (at, pin) = (self.0.at.get().filter(concerns), self.0.pin.get().filter(concerns));
        pin.filter(|pin| pin.panel == panel).or(at).or(pin)
    }

    /// The same, if `panel` also shows the values there.
    pub fn shown_with_values(&self, panel: u32) -> Option<At> {
        self.shown(panel).filter(|at| at.panel == panel || self.0.sync == CursorSync::Tooltip)
    }

    /// Whether `panel` is pinned.
    pub fn is_pinned(&self, panel: u32) -> bool {
        self.0.pin.get().is_some_and(|pin| pin.panel == panel)
    }

    /// Moves the pointer to `at`. Over a pinned panel it points nowhere.
    pub fn point(&self, at: At) {
        self.change(if self.is_pinned(at.panel) { None } else { Some(at) }, self.0.pin.get());
    }

    /// The pointer has left `panel`.
    pub fn leave(&self, panel: u32) {
        if self.0.at.get().is_some_and(|at| at.panel == panel) {
            self.change(None, self.0.pin.get());
        }
    }

    /// Pins the instant that the pointer is at in `panel`.
    pub fn pin(&self, panel: u32) {
        if let Some(at) = self.0.at.get().filter(|at| at.panel == panel) {
            self.change(None, Some(at));
        }
    }

    /// Unpins `panel`; true if it was pinned.
    pub fn unpin(&self, panel: u32) -> bool {
        let was = self.is_pinned(panel);
        if was {
            self.change(self.0.at.get(), None);
        }
        was
    }

    /// Removes `panel`. Calls no followers: their panels may be removed at the same time.
    pub fn forget(&self, panel: u32) {
        for cell in [&self.0.at, &self.0.pin] {
            cell.set(cell.get().filter(|at| at.panel != panel));
        }
    }

    /// The number of scrolls and resizes. A position measured at another number is outdated.
    pub fn scrolls(&self) -> u32 {
        self.0.scrolls.get()
    }

    fn change(&self, at: Option<At>, pin: Option<At>) {
        if (at, pin) == (self.0.at.get(), self.0.pin.get()) {
            return;
        }
        self.0.at.set(at);
        self.0.pin.set(pin);
        self.0.followers.borrow_mut().retain(|follower| follower.strong_count() > 0);
        let followers: Vec<_> = self.0.followers.borrow().iter().filter_map(Weak::upgrade).collect();
        for show in followers {
            show();
        }
    }
}
