//! Whether an element is on screen.

use super::element::Element;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Elements this close to the screen count as visible, so that they load before they are scrolled into view.
const MARGIN: &str = "200px";

/// Whether `element` is on screen or close to it; `None` until the browser reports it.
pub fn use_visible(element: &Element) -> RwSignal<Option<bool>> {
    let seen = RwSignal::new(None);
    let tell = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        // The last entry is the newest.
        let now = entries.iter().last().map(|entry| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
        if now.is_some() && seen.try_get_untracked().is_some_and(|before| before != now) {
            seen.set(now);
        }
    });
    let margin = IntersectionObserverInit::new();
    margin.set_root_margin(MARGIN);
    match IntersectionObserver::new_with_options(tell.as_ref().unchecked_ref(), &margin) {
        Ok(observer) => {
            observer.observe(element.node());
            let kept = StoredValue::new_local(Some((observer, tell)));
            on_cleanup(move || {
                if let Some(Some((observer, _))) = kept.try_update_value(Option::take) {
                    observer.disconnect();
                }
            });
        }
        Err(_) => seen.set(Some(true)),
    }
    seen
}
