//! A button that opens a layer over the page: the browser's own popover, which closes on Escape and on a click beside it.

use super::live;
use leptos::html;
use leptos::prelude::*;
use std::cell::Cell;

thread_local! {
    static NEXT_ID: Cell<u32> = const { Cell::new(0) };
}

fn next_id() -> String {
    let id = NEXT_ID.get();
    NEXT_ID.set(id + 1);
    format!("menu-{id}")
}

/// A button and the layer that it opens: beside the button on a wide screen, a sheet from below on a narrow one.
#[component]
pub fn Menu(
    /// What the button is called, for those who cannot see its face.
    #[prop(into)]
    label: String,
    /// The face of the button.
    face: ViewFn,
    /// Class of the button.
    #[prop(default = "button")]
    class: &'static str,
    /// Whether an action inside closes the layer.
    #[prop(default = false)]
    closes: bool,
    /// What the layer holds; made when it is first opened.
    children: ChildrenFn,
) -> impl IntoView {
    let id = next_id();
    let layer = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let opened = RwSignal::new(false);
    let place = move |_| {
        opened.set(true);
        if let (Some(layer), Some(button)) = (layer.get_untracked(), button.get_untracked()) {
            put_beside(&layer, &button);
        }
    };
    let close = move |_| {
        if let (true, Some(layer)) = (closes, layer.get_untracked()) {
            let _ = layer.hide_popover();
        }
    };
    view! {
        <button type="button" class=class node_ref=button popovertarget=id.clone() aria-label=label.clone() title=label.clone() on:click=place>
            {face.run()}
        </button>
        <div class="layer" id=id popover="auto" role="group" aria-label=label node_ref=layer on:click=close>
            {live(move || opened.get().then(|| children()))}
        </div>
    }
}

/// Puts the layer under its button, with its right edge where the button's is; the style sheet decides whether these numbers count.
fn put_beside(layer: &web_sys::HtmlElement, button: &web_sys::HtmlElement) {
    let anchor = button.get_bounding_client_rect();
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default();
    let style = web_sys::HtmlElement::style(layer);
    let _ = style.set_property("--anchor-top", &format!("{}px", anchor.bottom()));
    let _ = style.set_property("--anchor-right", &format!("{}px", (width - anchor.right()).max(0.0)));
}
