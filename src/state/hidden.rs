//! Which series somebody has hidden, remembered as long as the page is open.

use crate::model::view_state::Page;
use leptos::prelude::*;

/// The names of the series that are hidden, for each page and panel.
#[derive(Clone)]
pub struct HiddenSeries {
    known: StoredValue<Vec<Kept>>,
    /// Lives as long as the page is open, and with it what is remembered.
    owner: Owner,
}

type Kept = (Page, u32, RwSignal<Vec<String>>);

impl HiddenSeries {
    /// None are. Call once, inside the reactive root.
    pub fn start() -> Self {
        Self { known: StoredValue::new(Vec::new()), owner: Owner::current().unwrap_or_default() }
    }

    /// Those of `panel` on `page`, to be seen and changed.
    pub fn of(&self, page: Page, panel: u32) -> RwSignal<Vec<String>> {
        let known =
            self.known.with_value(|known| known.iter().find(|(on, of, _)| (on, *of) == (&page, panel)).map(|(_, _, hidden)| *hidden));
        known.unwrap_or_else(|| {
            let hidden = self.owner.with(|| RwSignal::new(Vec::new()));
            self.known.update_value(|known| known.push((page, panel, hidden)));
            hidden
        })
    }
}
