//! Which series somebody has hidden, remembered as long as the page is open.

use super::App;
use crate::model::view_state::Page;
use leptos::prelude::*;

/// The names of the series that are hidden, for each page and panel.
#[derive(Clone, Copy, Default)]
pub struct HiddenSeries(StoredValue<Vec<Kept>>);

type Kept = ((Page, u32), Vec<String>);

impl HiddenSeries {
    /// Those of `panel` on the page that is shown, to be seen and changed.
    pub fn of(self, app: App, panel: u32) -> RwSignal<Vec<String>> {
        let key = (app.navigation.view.with_untracked(|view| view.page.clone()), panel);
        let known = self.0.with_value(|kept| kept.iter().find(|(known, _)| *known == key).map(|(_, names)| names.clone()));
        let hidden = RwSignal::new(known.unwrap_or_default());
        Effect::new(move |_| {
            let names = hidden.get();
            self.0.update_value(|kept| {
                kept.retain(|(known, _)| *known != key);
                if !names.is_empty() {
                    kept.push((key.clone(), names));
                }
            });
        });
        hidden
    }
}
