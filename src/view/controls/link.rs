//! A link to another view of this page: a real link, followed without loading the page anew.

use crate::model::view_state::ViewState;
use crate::state::navigation::href;
use crate::state::use_app;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// A link to the view `to`.
#[component]
pub fn Link(
    /// Where it leads.
    #[prop(into)]
    to: Signal<ViewState>,
    /// Class of the link.
    #[prop(default = "")]
    class: &'static str,
    /// Whether it leads to the page that is shown.
    #[prop(into, default = Signal::derive(|| false))]
    current: Signal<bool>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let follow = move |event: MouseEvent| {
        let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key();
        if plain {
            event.prevent_default();
            app.navigation.go(|view| *view = to.get_untracked());
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    };
    view! {
        <a class=class href=Signal::derive(move || to.with(href)) aria-current=Signal::derive(move || current.get().then_some("page")) on:click=follow>
            {children()}
        </a>
    }
}
