//! A link to another view of this page: a real link that does not reload the page.

use crate::state::App;
use crate::state::navigation::href;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::view_state::ViewState;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

/// A link to the view `to`, without text.
pub fn link(app: App, class: &str, to: Signal<ViewState>) -> Element {
    let anchor = if class.is_empty() { el("a") } else { el("a").class(class) };
    anchor.live_attr("href", move || Some(to.with(href))).on("click", move |event| {
        let plain = event
            .dyn_ref::<MouseEvent>()
            .is_some_and(|event| event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key());
        if plain {
            event.prevent_default();
            let from = app.navigation.view.with_untracked(|view| view.page.clone());
            app.navigation.go(|view| *view = to.get_untracked());
            if app.navigation.view.with_untracked(|view| view.page != from) {
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
    })
}
