//! Answers to requests that `public/boot.js` sends while the wasm is loading.

use gloo_net::http::Response;
use js_sys::{Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Takes the answer to `url`. `None` if it was not requested early, was taken already, or the request failed.
pub async fn take(url: &str) -> Option<Response> {
    let all = Reflect::get(&window(), &"early".into()).ok().filter(JsValue::is_object)?;
    let asked: Promise = Reflect::get(&all, &url.into()).ok()?.dyn_into().ok()?;
    let _ = Reflect::delete_property(all.unchecked_ref::<Object>(), &url.into());
    let response: web_sys::Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    Some(response.into())
}
