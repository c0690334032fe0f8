//! The URL as state: every choice is in the query string, and the browser's back button undoes it.

use leptos::ev;
use leptos::prelude::*;
use model::view_state::{Problem, ViewState};
use wasm_bindgen::JsValue;

/// The view that the URL describes.
#[derive(Clone, Copy)]
pub struct Navigation {
    /// The view.
    pub view: ReadSignal<ViewState>,
    set_view: WriteSignal<ViewState>,
    /// The parts of the URL that could not be used.
    pub problems: ReadSignal<Vec<Problem>>,
    set_problems: WriteSignal<Vec<Problem>>,
}

impl Navigation {
    /// Reads the URL, and follows the browser's back and forward buttons.
    pub fn start() -> Self {
        let (first, first_problems) = ViewState::parse(&query_string());
        let (view, set_view) = signal(first);
        let (problems, set_problems) = signal(first_problems);
        let listener = window_event_listener(ev::popstate, move |_| {
            let (view, problems) = ViewState::parse(&query_string());
            set_view.set(view);
            set_problems.set(problems);
        });
        on_cleanup(move || listener.remove());
        Self { view, set_view, problems, set_problems }
    }

    /// Changes the view and adds an entry to the browser's history, so that "back" undoes it.
    pub fn go(self, change: impl FnOnce(&mut ViewState)) {
        let mut view = self.view.get_untracked();
        change(&mut view);
        if view == self.view.get_untracked() {
            return;
        }
        // A sandboxed iframe may have no history; the view changes anyway.
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&href(&view)));
        }
        self.set_problems.set(ViewState::parse(&view.to_query()).1);
        self.set_view.set(view);
    }
}

/// The link to a view, relative to the page.
pub fn href(view: &ViewState) -> String {
    let query = view.to_query();
    if query.is_empty() { "?".to_owned() } else { query }
}

fn query_string() -> String {
    window().location().search().unwrap_or_default()
}
