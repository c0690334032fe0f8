//! Charts of boxes: a canvas, and over it DOM elements for the box under the pointer or the keyboard cursor, and its tooltip.

use crate::state::App;
use crate::state::theme::SERIES_COLORS;
use crate::view::panel::frame::context::PanelContext;
use crate::view::ui::{Element, canvas_of, el, px};
use chart::{Cells, Direction, Ink, Rect, Spot};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

/// Between the pointer and the tooltip, CSS px.
const DISTANCE: f64 = 12.0;

/// A box and the position of the pointer, CSS px from the top left corner of the figure.
type Pointed = (Spot, f64, f64);

/// The element for a chart of boxes, still empty: its size is known before there is data.
pub fn place(app: App) -> Element {
    el("div").class("chart-box").attr("tabindex", "0").attr("role", "img").attr("aria-label", app.text().boxes_help)
}

/// The chart `cells` in `place`, with `below` under it. `tell` gives the content of the tooltip, `spoken` the text summary for screen
/// readers.
pub fn boxes(
    context: &PanelContext,
    place: Element,
    cells: Signal<Option<Arc<Cells>>>,
    tell: Box<dyn Fn(Spot) -> Vec<Element>>,
    below: Element,
    spoken: Box<dyn Fn() -> String>,
) -> Element {
    let pointed = RwSignal::new(None::<Pointed>);
    let scene = Signal::derive(move || cells.get().map(|cells| Arc::clone(&cells.scene)));
    let marked = move || {
        let Rect { left, top, right, bottom } = cells.get()?.place(pointed.get()?.0)?;
        let mark = el("div").class("mark").style("left", &px(left)).style("top", &px(top));
        Some(mark.style("width", &px(right - left)).style("height", &px(bottom - top)))
    };
    context.scene.set(Some(scene));
    let place = listen(place.child(canvas_of(scene, context.app.theme.palette)).live(marked), cells, pointed);
    let figure = el("figure").class("chart boxes");
    let room = figure.node().clone();
    let tooltip = move || {
        let (spot, x, y) = pointed.get()?;
        // The box may be gone after new data.
        cells.get()?.place(spot)?;
        let (width, height) = (f64::from(room.client_width()), f64::from(room.client_height()));
        // On the sides with more room.
        let (across, x) = if x > width / 2.0 { ("right", width - x) } else { ("left", x) };
        let (down, y) = if y > height / 2.0 { ("bottom", height - y) } else { ("top", y) };
        let tooltip = el("div").class("tooltip").style(across, &px(x + DISTANCE)).style(down, &px(y + DISTANCE));
        Some(tooltip.children(tell(spot)))
    };
    let scroller = el("div").class("chart-scroll").child(place);
    let caption = el("figcaption").class("visually-hidden").live_text(spoken);
    // Outside the element with the role `img`, and always in the page, so that screen readers announce its changes.
    let told = el("div").attr("role", "status").live(tooltip);
    figure.child(scroller).child(below).child(told).child(caption)
}

fn listen(place: Element, cells: Signal<Option<Arc<Cells>>>, pointed: RwSignal<Option<Pointed>>) -> Element {
    let point = move |event: &Event| {
        let (Some(pointer), Some(cells)) = (event.dyn_ref::<PointerEvent>(), cells.get_untracked()) else { return };
        let (Some((left, top)), (x, y)) = (corner(event, ""), (f64::from(pointer.client_x()), f64::from(pointer.client_y()))) else {
            return;
        };
        let (figure_left, figure_top) = corner(event, "figure").unwrap_or((left, top));
        let now = cells.find(x - left, y - top).map(|spot| (spot, x - figure_left, y - figure_top));
        if now.is_some() || pointed.get_untracked().is_some() {
            pointed.set(now);
        }
    };
    place
        .on("pointermove", move |event| point(&event))
        .on("pointerdown", move |event| point(&event))
        .on("pointerleave", move |event| {
            // When a finger is lifted, the tooltip stays until it points elsewhere.
            if event.dyn_ref::<PointerEvent>().is_none_or(|pointer| pointer.pointer_type() != "touch") {
                pointed.set(None);
            }
        })
        .on("blur", move |_| pointed.set(None))
        .on("keydown", move |event| walk(&event, cells, pointed))
}

/// The arrow keys move from box to box, Home and End go to the ends of a row, Escape leaves.
fn walk(event: &Event, cells: Signal<Option<Arc<Cells>>>, pointed: RwSignal<Option<Pointed>>) {
    let (Some(key), Some(cells)) = (event.dyn_ref::<KeyboardEvent>(), cells.get_untracked()) else { return };
    let way = match key.key().as_str() {
        "ArrowLeft" => Direction::Left,
        "ArrowRight" => Direction::Right,
        "ArrowUp" => Direction::Up,
        "ArrowDown" => Direction::Down,
        "Home" => Direction::First,
        "End" => Direction::Last,
        "Escape" => return pointed.set(None),
        _ => return,
    };
    event.prevent_default();
    let spot = cells.walk(pointed.get_untracked().map(|(spot, ..)| spot), way);
    let Some((spot, place)) = spot.and_then(|spot| Some((spot, cells.place(spot)?))) else { return };
    show(event, place);
    let (Some((left, top)), Some((figure_left, figure_top))) = (corner(event, ""), corner(event, "figure")) else { return };
    let (x, y) = (f64::midpoint(place.left, place.right), f64::midpoint(place.top, place.bottom));
    pointed.set(Some((spot, x + left - figure_left, y + top - figure_top)));
}

/// Scrolls to a box that is out of sight.
fn show(event: &Event, place: Rect) {
    let Some(scroller) = near(event, ".chart-scroll") else { return };
    let (top, height) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
    if place.top < top || place.bottom > top + height {
        #[expect(clippy::cast_possible_truncation, reason = "a length on screen")]
        scroller.set_scroll_top((place.top - height / 3.0) as i32);
    }
}

/// The element that handles an event, or its nearest ancestor that matches `selector`.
fn near(event: &Event, selector: &str) -> Option<web_sys::Element> {
    let place: web_sys::Element = event.current_target()?.dyn_into().ok()?;
    if selector.is_empty() { Some(place) } else { place.closest(selector).ok()? }
}

/// The top left corner of that element, CSS px of the window.
fn corner(event: &Event, selector: &str) -> Option<(f64, f64)> {
    let rect = near(event, selector)?.get_bounding_client_rect();
    Some((rect.left(), rect.top()))
}

/// A square in the colour of a box.
pub fn swatch(ink: Ink) -> Element {
    let tone = match ink {
        Ink::Series(slot) => format!("series-{}", slot % SERIES_COLORS + 1),
        Ink::Token(color) => crate::view::panel::values::reading::tone(color),
        Ink::Grid | Ink::Text | Ink::Heat(_) => String::new(),
    };
    el("span").class(&format!("swatch box {tone}"))
}
