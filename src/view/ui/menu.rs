//! A button that opens a layer over the page: a native popover, which closes on Escape and on a click outside.

use super::element::{Element, el};
use leptos::prelude::*;
use std::cell::Cell;
use text::decimal::fixed;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

thread_local! {
    static NEXT_ID: Cell<u32> = const { Cell::new(0) };
}

fn next_id() -> String {
    let id = NEXT_ID.get();
    NEXT_ID.set(id + 1);
    format!("menu-{id}")
}

/// How a menu looks and behaves.
pub struct Menu<'a> {
    /// The accessible name of the button and of the layer.
    pub label: &'a str,
    /// The class of the button.
    pub class: &'a str,
    /// The visible content of the button.
    pub face: Vec<Element>,
    /// Whether a click on a link or a button inside closes the layer.
    pub closes: bool,
}

/// A button and the layer that it opens. `content` fills the layer when it is first opened. It is beside the button on a wide screen, and a
/// bottom sheet on a narrow one.
pub fn menu(Menu { label, class, face, closes }: Menu<'_>, content: impl Fn() -> Vec<Element> + 'static) -> Vec<Element> {
    let id = next_id();
    let opened = RwSignal::new(false);
    let layer = el("div").class("layer").attr("id", &id).attr("popover", "auto").attr("role", "group").attr("aria-label", label);
    let layer = layer.live(move || if opened.get() { content() } else { Vec::new() });
    let layer = if closes {
        layer.on("click", |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            // Only a click on an action: another click may end a text selection.
            if target.is_some_and(|target| target.closest("a, button").is_ok_and(|action| action.is_some())) {
                hide(event.current_target());
            }
        })
    } else {
        layer
    };
    let button = el("button").class(class).attr("type", "button").attr("popovertarget", &id).attr("aria-label", label).attr("title", label);
    let (anchor, placed) = (button.clone(), layer.clone());
    let button = button.children(face).on("click", move |_| {
        opened.set(true);
        put_beside(&placed, &anchor);
    });
    vec![button, layer]
}

/// The least distance from the top of a layer to the lower edge of the window, CSS px.
const ROOM: f64 = 460.0;

/// Closes a layer.
fn hide(layer: Option<web_sys::EventTarget>) {
    if let Some(layer) = layer.and_then(|layer| layer.dyn_into::<HtmlElement>().ok()) {
        let _ = layer.hide_popover();
    }
}

/// Sets the position below the button, with the right edges aligned; the style sheet decides whether to use it.
fn put_beside(layer: &Element, button: &Element) {
    let anchor = button.node().get_bounding_client_rect();
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default();
    let right = (width - anchor.right()).max(0.0);
    // Near the lower edge of the window the layer covers the button, so that it stays in the window.
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let top = anchor.bottom().min((height - ROOM).max(0.0));
    let _ = layer.clone().style("--anchor-top", &format!("{}px", fixed(top, 0))).style("--anchor-right", &format!("{}px", fixed(right, 0)));
}
