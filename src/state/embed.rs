//! Reports the height of the content to the page around an iframe, so that the iframe needs no scroll bar.

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// Sends `{type: "utkik:height", height}` (CSS pixels) to the parent window whenever the height of `content` changes, as long as the
/// current owner lives.
///
/// The message goes to any origin: the server's `frame-ancestors` decides who may embed the page, and a height is not a secret.
pub fn report_height(content: &Element) {
    let Ok(Some(parent)) = window().parent() else { return };
    let measured = content.clone();
    let on_resize = Closure::<dyn Fn()>::new(move || {
        let message = Object::new();
        let height = measured.get_bounding_client_rect().height().ceil();
        let _ = Reflect::set(&message, &"type".into(), &"utkik:height".into());
        let _ = Reflect::set(&message, &"height".into(), &height.into());
        let _ = parent.post_message(&message, "*");
    });
    let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) else { return };
    observer.observe(content);
    let kept = StoredValue::new_local(Some((observer, on_resize)));
    on_cleanup(move || {
        if let Some(Some((observer, _))) = kept.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}
