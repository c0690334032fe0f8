//! A canvas that is as large as the box it stands in and redraws when what it draws changes.

use crate::chart::{FONT, Palette, Scene, Size, canvas};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlCanvasElement, ResizeObserver};

/// The size of the element behind `node`, and how many device pixels a CSS pixel has; none until it was measured or while it has no
/// area.
pub fn use_size(node: NodeRef<html::Div>) -> Memo<Option<Size>> {
    let size = RwSignal::new(None::<Size>);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let measured = element.clone();
        let measure = move || {
            let rect = measured.get_bounding_client_rect();
            let ratio = window().device_pixel_ratio();
            let seen = rect.width() >= 1.0 && rect.height() >= 1.0;
            let _ = size.try_set(seen.then(|| Size { width: rect.width(), height: rect.height(), ratio }));
        };
        measure();
        // The observer tells of a new size; a new ratio (another screen, browser zoom) comes with a resize of the window.
        let resized = window_event_listener(leptos::ev::resize, {
            let measure = measure.clone();
            move |_| measure()
        });
        let on_resize = Closure::<dyn Fn()>::new(measure);
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(&element);
        }
        let kept = StoredValue::new_local(Some((observer, on_resize)));
        on_cleanup(move || {
            resized.remove();
            if let Some(Some((Some(observer), _))) = kept.try_update_value(Option::take) {
                observer.disconnect();
            }
        });
    });
    Memo::new(move |_| size.get())
}

thread_local! {
    /// A canvas that is never seen: only its idea of how wide a text is counts.
    static RULER: Option<HtmlCanvasElement> =
        document().create_element("canvas").ok().and_then(|canvas| canvas.dyn_into().ok());
}

/// How wide a text is on the axis of a chart, CSS px.
pub fn text_measure() -> impl Fn(&str) -> f64 {
    let measure = RULER.with(|ruler| ruler.as_ref().map(|ruler| canvas::text_measure(ruler, FONT)));
    move |text| measure.as_ref().map_or(0.0, |measure| measure(text))
}

/// Draws `scene` whenever it or the palette changes, at the next frame.
#[component]
pub fn Canvas(
    /// What to draw; none leaves the canvas as it is.
    #[prop(into)]
    scene: Signal<Option<Arc<Scene>>>,
    /// With which colours.
    #[prop(into)]
    palette: Signal<Palette>,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let due = StoredValue::new(false);
    Effect::new(move |_| {
        scene.track();
        palette.track();
        node.track();
        // Several changes in one frame are drawn once.
        if due.get_value() {
            return;
        }
        due.set_value(true);
        request_animation_frame(move || {
            if due.try_set_value(false).is_some() {
                return;
            }
            if let (Some(Some(scene)), Some(palette), Some(Some(node))) =
                (scene.try_get_untracked(), palette.try_get_untracked(), node.try_get_untracked())
            {
                if let Err(error) = canvas::draw(&node, &scene, &palette) {
                    leptos::logging::warn!("chart: {error}");
                }
            }
        });
    });
    // The picture is told in words beside it.
    view! { <canvas node_ref=node aria-hidden="true"></canvas> }
}
