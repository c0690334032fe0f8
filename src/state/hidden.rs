//! The series that the user has hidden, remembered as long as the page is open.

use super::navigation::Navigation;
use leptos::prelude::*;
use model::view_state::Page;

/// The names of the hidden series, for each page and panel.
#[derive(Clone, Copy, Default)]
pub struct HiddenSeries(StoredValue<Vec<Kept>>);

type Kept = ((Page, u32), Vec<String>);

impl HiddenSeries {
    /// The hidden series of `panel` on the current page.
    pub fn of(self, navigation: Navigation, panel: u32) -> Vec<String> {
        let key = key(navigation, panel);
        self.0.with_value(|kept| kept.iter().find(|(known, _)| *known == key).map(|(_, names)| names.clone())).unwrap_or_default()
    }

    /// Stores the hidden series of `panel` on the current page.
    pub fn keep(self, navigation: Navigation, panel: u32, names: Vec<String>) {
        let key = key(navigation, panel);
        self.0.update_value(|kept| {
            kept.retain(|(known, _)| *known != key);
            kept.push((key, names));
        });
    }
}

fn key(navigation: Navigation, panel: u32) -> (Page, u32) {
    (navigation.view.with_untracked(|view| view.page.clone()), panel)
}
