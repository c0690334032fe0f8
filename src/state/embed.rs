//! Telling the page around an iframe how high the content is, so that it needs no scroll bar of its own.

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// As long as the current owner lives, sends `{type: "utkik:height", height}` (CSS pixels) to the parent window whenever the height of `content` changes.
///
/// Any origin may frame the page that the server's `frame-ancestors` allows, so the message goes to whoever that is; a height is no
/// secret.
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
