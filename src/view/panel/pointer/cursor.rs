//! Where a dashboard is pointed at: one instant for all its panels, and one that a click has pinned.
//!
//! No signals: a move of the pointer would wake an effect for each panel, and each of these costs more than what it does.

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
    /// How far below the top of the chart the pointer is, CSS px; the keyboard has no such place.
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
    /// Points nowhere yet. `sync` is what panels show that are not pointed at.
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

    /// Calls `show` whenever the cursor has changed, as long as somebody else holds it.
    pub fn follow(&self, show: &Rc<dyn Fn()>) {
        self.0.followers.borrow_mut().push(Rc::downgrade(show));
    }

    /// What `panel` shows: where it is pinned, else where the pointer is, else what is pinned elsewhere.
    pub fn shown(&self, panel: u32) -> Option<At> {
        let concerns = |at: &At| at.panel == panel || self.0.sync != CursorSync::Off;
        let (at, pin) = (self.0.at.get().filter(concerns), self.0.pin.get().filter(concerns));
        pin.filter(|pin| pin.panel == panel).or(at).or(pin)
    }

    /// The same, if the values there are shown, too.
    pub fn valued(&self, panel: u32) -> Option<At> {
        self.shown(panel).filter(|at| at.panel == panel || self.0.sync == CursorSync::Tooltip)
    }

    /// Whether `panel` is pinned.
    pub fn is_pinned(&self, panel: u32) -> bool {
        self.0.pin.get().is_some_and(|pin| pin.panel == panel)
    }

    /// The pointer is there. Over what is pinned it points at nothing else.
    pub fn point(&self, at: At) {
        self.change(if self.is_pinned(at.panel) { None } else { Some(at) }, self.0.pin.get());
    }

    /// The pointer has left `panel`.
    pub fn leave(&self, panel: u32) {
        if self.0.at.get().is_some_and(|at| at.panel == panel) {
            self.change(None, self.0.pin.get());
        }
    }

    /// Keeps what `panel` is pointed at.
    pub fn pin(&self, panel: u32) {
        if let Some(at) = self.0.at.get().filter(|at| at.panel == panel) {
            self.change(None, Some(at));
        }
    }

    /// Lets go of what is pinned in `panel`; true if there was something.
    pub fn unpin(&self, panel: u32) -> bool {
        let was = self.is_pinned(panel);
        if was {
            self.change(self.0.at.get(), None);
        }
        was
    }

    /// `panel` is gone. Says so to nobody: others may be going, too.
    pub fn forget(&self, panel: u32) {
        for cell in [&self.0.at, &self.0.pin] {
            cell.set(cell.get().filter(|at| at.panel != panel));
        }
    }

    /// Counts what has moved charts on the screen: where one was before says nothing any more.
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
