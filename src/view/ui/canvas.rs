//! A canvas that fills its box and redraws when its scene or palette changes.

use super::element::{Element, el, follow};
use chart::{FONT, Palette, Scene, Size, canvas};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlCanvasElement, ResizeObserver};

/// The size of `element` in CSS px and the device pixel ratio; `None` while it has no area.
pub fn use_size(element: &Element) -> RwSignal<Option<Size>> {
    let size = RwSignal::new(None::<Size>);
    let measured = element.node().clone();
    let measure = move || {
        let rect = measured.get_bounding_client_rect();
        let seen = rect.width() >= 1.0 && rect.height() >= 1.0;
        let now = seen.then(|| Size { width: rect.width(), height: rect.height(), ratio: window().device_pixel_ratio() });
        if size.try_get_untracked().is_some_and(|before| before != now) {
            size.set(now);
        }
    };
    // The observer reports the first size and each change. A new ratio (other screen, browser zoom) comes with a `resize` event of the
    // window.
    let resized = window_event_listener(leptos::ev::resize, {
        let measure = measure.clone();
        move |_| measure()
    });
    let on_resize = Closure::<dyn Fn()>::new(measure);
    let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element.node());
    }
    let kept = StoredValue::new_local(Some((observer, on_resize)));
    on_cleanup(move || {
        resized.remove();
        if let Some(Some((Some(observer), _))) = kept.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
    size
}

thread_local! {
    /// Measures texts on a canvas that is not in the document.
    static RULER: Option<canvas::Ruler> = {
        let canvas = document().create_element("canvas").ok().and_then(|canvas| canvas.dyn_into().ok());
        canvas.map(|canvas: HtmlCanvasElement| canvas::Ruler::new(&canvas, FONT))
    };
}

/// The width of a text on the axis of a chart, CSS px.
pub fn text_width(text: &str) -> f64 {
    RULER.with(|ruler| ruler.as_ref().map_or(0.0, |ruler| ruler.width(text)))
}

/// A canvas with `scene` on it, redrawn at the next frame when scene or palette change. Without a scene it stays as it is.
pub fn canvas_of(scene: Signal<Option<Arc<Scene>>>, palette: Memo<Palette>) -> Element {
    // Screen readers get the text summary beside the canvas.
    let element = el("canvas").attr("aria-hidden", "true");
    let canvas = element.node().clone().dyn_into::<HtmlCanvasElement>().ok();
    let due = StoredValue::new(false);
    follow(Box::new(move || {
        scene.track();
        palette.track();
        // Several changes in one frame are drawn once.
        if due.get_value() {
            return;
        }
        due.set_value(true);
        let canvas = canvas.clone();
        request_animation_frame(move || {
            due.try_set_value(false);
            if let (Some(Some(scene)), Some(palette), Some(canvas)) = (scene.try_get_untracked(), palette.try_get_untracked(), canvas)
                && canvas::draw(&canvas, &scene, &palette).is_err()
            {
                leptos::logging::warn!("the chart could not be drawn");
            }
        });
    }));
    element
}
