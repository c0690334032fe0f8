//! Whether a page has all its data.

use crate::view::ui::follow;
use leptos::prelude::*;

/// How many parts of the page still wait for their first answer.
#[derive(Clone, Copy)]
pub struct Waiting(RwSignal<usize>);

impl Waiting {
    /// No part waits yet.
    pub fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Whether no part waits any more.
    pub fn is_over(self) -> bool {
        self.0.get() == 0
    }

    /// The value of `data-state`: `ready` once no part waits any more, else `waiting`.
    pub fn state(self) -> String {
        if self.is_over() { "ready" } else { "waiting" }.to_owned()
    }

    /// Counts one part as waiting while `has_arrived` is false, until the current owner is cleaned up.
    pub fn until(self, has_arrived: impl Fn() -> bool + 'static) {
        self.0.update(|count| *count += 1);
        let counted = StoredValue::new(true);
        let count = move |waits: bool| match counted.try_update_value(|counted| std::mem::replace(counted, waits)) {
            Some(true) if !waits => self.0.try_update(|count| *count = count.saturating_sub(1)),
            Some(false) if waits => self.0.try_update(|count| *count += 1),
            _ => None,
        };
        follow(Box::new(move || {
            count(!has_arrived());
        }));
        on_cleanup(move || {
            count(false);
        });
    }
}
